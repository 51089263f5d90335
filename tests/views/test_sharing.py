"""Views that are kept under a name, and the windows of the map."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import BadInput
from kb.store import Settings
from kb.views.pages.map import shifted
from kb.views.sharing import saved
from kb.views.sharing.saved import View


def test_a_view_is_kept_renamed_and_deleted(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new")
    assert saved.views(settings) == ()
    saved.keep(settings, View("  Istanbul,  March ", "claims", {"q": "a & b", "order": "said"}))
    saved.keep(settings, View("arrest", "", {}))
    assert [view.name for view in saved.views(settings)] == ["arrest", "Istanbul, March"]
    assert [view.address for view in saved.views(settings)] == ["/", "/claims?q=a+%26+b&order=said"]
    saved.keep(settings, View("arrest", "map", {"from": "2022"}))
    assert [view.page for view in saved.views(settings)] == ["map", "claims"], "one of the same name is replaced"
    saved.rename(settings, "arrest", "The arrest")
    assert [view.name for view in saved.views(settings)] == ["Istanbul, March", "The arrest"]
    saved.forget(settings, "The arrest")
    saved.forget(settings, "The arrest")
    assert [view.name for view in saved.views(settings)] == ["Istanbul, March"]


def test_what_cannot_be_kept_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(tmp_path)
    for name in ("", "   ", "x" * 81):
        with pytest.raises(BadInput, match="needs a name"):
            saved.keep(settings, View(name, "", {}))
    saved.keep(settings, View("one", "", {}))
    saved.keep(settings, View("two", "", {}))
    with pytest.raises(BadInput, match="already"):
        saved.rename(settings, "one", "two")
    with pytest.raises(BadInput, match="no saved view"):
        saved.rename(settings, "three", "four")
    monkeypatch.setattr(saved, "MOST", 2)
    with pytest.raises(BadInput, match="delete one"):
        saved.keep(settings, View("three", "", {}))
    for damaged in ("[{", '[{"name": 1}]', '{"a": 1}'):
        (tmp_path / saved.FILE).write_text(damaged, encoding="utf-8")
        with pytest.raises(BadInput, match="cannot be read"):
            saved.views(settings)


@pytest.mark.parametrize(
    ("window", "step", "moved"),
    [
        (("2022-03", "2022-03"), 1, ("2022-04", "2022-04")),
        (("2022-01", "2022-03"), -1, ("2021-10", "2021-12")),
        (("2022", "2023"), 1, ("2024", "2025")),
        (("2022-02-24", "2022-03-02"), 1, ("2022-03-03", "2022-03-09")),
        (("2022-12", "2022-12"), 1, ("2023-01", "2023-01")),
        (("", "2022"), 1, None),
        (("2022-13", "2022-13"), 1, None),
        (("2023", "2022"), 1, None),
        (("9999", "9999"), 1, None),
    ],
)
def test_the_window_of_the_same_length_before_and_after(
    window: tuple[str, str], step: int, moved: tuple[str, str] | None
) -> None:
    assert shifted(*window, step) == moved
