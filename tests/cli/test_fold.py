"""`kb timeline --fold`: what is part of another event stands below it."""

from __future__ import annotations

import pytest

from kb.ask.timeline import TimelineRow
from kb.cli.listing import folded


def row(id: str, whole: str | None = None) -> TimelineRow:
    return TimelineRow(
        id, id, "ASSAULT", None, None, None, None, "asserted", 0.5, 0.5, None, (), (), whole_id=whole, whole=whole
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row("a"), row("b")], [(0, "a"), (0, "b")]),
        ([row("strike", "siege"), row("siege", "war"), row("war")], [(0, "war"), (1, "siege"), (2, "strike")]),
        ([row("strike", "war of the unlisted"), row("b")], [(0, "strike"), (0, "b")]),
        ([row("war"), row("talks"), row("one", "war"), row("two", "war")],
         [(0, "war"), (1, "one"), (1, "two"), (0, "talks")]),
    ],
)  # fmt: skip
def test_folded(rows: list[TimelineRow], expected: list[tuple[int, str]]) -> None:
    assert [(depth, each.id) for depth, each in folded(rows)] == expected
