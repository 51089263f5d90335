"""The demonstration articles read together: what several of them tell is one event, and nothing else is."""

from __future__ import annotations

from benchmarks import story_run


def test_what_is_merged_is_right_and_what_is_one_is_mostly_merged() -> None:
    figures, _, wrong = story_run.run()
    assert wrong == []
    assert figures["cross-document precision"] == 100
    assert figures["cross-document recall"] >= 80  # the floor; the undated war stays apart
