"""What is kept of the screens' figures; the command itself takes minutes and a browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.app import BEGIN, END, main, save, table


def test_figures_are_kept_beside_those_of_other_sizes_and_stand_in_the_page(tmp_path: Path) -> None:
    kept, page = tmp_path / "app.json", tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    save({1000: {"dated events": 943, "app: search, s": 0.254, "plain pyvis, s": None}}, kept, page)
    save({10: {"dated events": 9, "app: search, s": 0.1, "app: frame, ms": 16.7}}, kept, page)
    assert json.loads(kept.read_text("utf-8"))["1000"]["plain pyvis, s"] is None
    text = page.read_text("utf-8")
    assert "| deed | 10 articles | 1,000 articles |" in text
    assert "| app: search, s | 0.10 | 0.25 |" in text
    assert "| plain pyvis, s |  | - |" in text
    assert "| app: frame, ms | 17 |  |" in text
    assert ("old" in text, text.startswith("before"), text.endswith("after\n")) == (False, True, True)
    assert next(iter(table({10: {}}))) == "| deed | 10 articles |"


def test_sizes_that_are_none_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--sizes", "many"])
    assert "whole numbers" in capsys.readouterr().err
