"""Cases are made of their number alone, what is wrong with one is seen, and a changed rule is noticed."""

from __future__ import annotations

import time
from importlib import import_module

import pytest

from benchmarks import fuzz
from benchmarks.trials import mutation
from ingest.reading.annotate import annotate
from ingest.reading.findings import Document
from kb.edtf import Edtf

QUICK = [room for room in fuzz.ROOMS if room not in ("claims", "cleaner")]


def test_the_first_cases_of_each_room_are_sound() -> None:
    assert fuzz.case(7)[0] == fuzz.case(7)[0] != fuzz.case(8)[0]
    assert [wrong for number in range(1, 40) if (wrong := fuzz.tried(number, QUICK, 20.0)[1])] == []


def test_what_raises_or_takes_too_long_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(fuzz.ROOMS, "dates", lambda *_: "".index("x"))
    monkeypatch.setitem(fuzz.ROOMS, "words", lambda *_: time.sleep(5))
    assert "ValueError" in str(fuzz.tried(1, ["dates"], 1.0)[1])
    assert "longer than 0.05 seconds" in str(fuzz.tried(1, ["words"], 0.05)[1])
    assert fuzz.main(["--cases", "3", "--only", "dates"]) == 1
    assert "3 cases in" in capsys.readouterr().out


def test_a_changed_rule_is_noticed_and_undone() -> None:
    module = import_module("ingest.reading.english.times.kinds.ago")
    every = list(mutation.mutants(module))
    assert len(every) > 80
    text = "The bridge was closed three days ago."
    expected: list[list[str | None]] = [["three days ago", "DATE", "2024-02-13", "2024-02-13"]]
    row = (annotate(Document("spec", text, published=Edtf("2024-02-16"))), expected)
    assert mutation.holds(row)
    before = module._ago.__code__
    noticed = [mutant for mutant in every if mutant.function == "_ago" and mutation.noticed(mutant, [row], 20.0)]
    assert 3 < len(noticed) < len(every)
    assert module._ago.__code__ is before
    assert mutation.holds(row)
