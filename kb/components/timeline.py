"""A zoomable timeline whose items are the spans that the dates are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kb.components.mount import fingerprint, mount

Window = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One bar. `start` and `end` are ISO days, `end` exclusive; `event` is what a click reports.

    slot: 0 to 7 for a colour and shape, 8 for neither; tag: a status in words; weight: which labels to show first.
    """

    id: str
    event: str
    title: str
    date: str
    start: str
    end: str
    slot: int = 8
    group: str | None = None
    tag: str = ""
    weight: float = 0.0
    soft: bool = False
    open_start: bool = False
    open_end: bool = False
    unsure: bool = False

    def data(self) -> dict[str, Any]:
        """As the script reads it: no false and no empty field."""
        kept = {name: value for name, value in asdict(self).items() if value or name == "slot"}
        names = {"open_start": "openStart", "open_end": "openEnd"}
        return {names.get(name, name): value for name, value in kept.items()}


@dataclass(frozen=True, slots=True)
class Lane:
    """A horizontal band; items name it by `id`."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a colour and shape stand for."""

    slot: int
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class TimelineState:
    """What the reader did last: the event clicked, the window moved to."""

    selected: str | None
    window: Window | None


def timeline(
    items: Sequence[Item],
    groups: Sequence[Lane],
    window: Window,
    *,
    key: str,
    moved: str,
    extent: Window,
    legend: Sequence[LegendEntry] = (),
    selected: str | None = None,
    partial: bool = False,
    roomy: bool = False,
    height: int = 460,
    reveals: str = "",
    on_selected: Callable[[], None] = lambda: None,
    on_window: Callable[[], None] = lambda: None,
) -> TimelineState:
    """Draw a timeline and give back what the reader did to it.

    Arguments: items, at most some 500; groups, lanes from the top, or none; window, first and last day to show;
    moved, any text: the window is obeyed again only when it changes, so that a reader's own zoom is kept;
    extent, what "show all" shows; selected, an event; partial, whether more items exist than were sent (then each
    zoom is reported); roomy, whether to leave room for the label of the last event; height, at most, in px; reveals, a
    CSS selector of what a choice opens, scrolled to on narrow screens; on_selected and on_window, called before the
    next run.
    Raises: MissingAsset when the bundle was never built.
    """
    rows = [item.data() for item in items]
    lanes = [{"id": lane.id, "title": lane.title} for lane in groups]
    entries = [{"slot": entry.slot, "label": entry.label, "count": entry.count} for entry in legend]
    data = {
        "items": rows,
        "groups": lanes,
        "window": list(window),
        "moved": moved,
        "extent": list(extent),
        "legend": entries,
        "selected": selected,
        "partial": partial,
        "roomy": roomy,
        "height": height,
        "reveals": reveals,
        "rev": fingerprint(rows, lanes, entries, moved, partial),
    }
    html = '<div class="kb-timeline"></div>'
    state = mount("timeline", html, key=key, data=data, on_selected_change=on_selected, on_window_change=on_window)
    moved_to = state.get("window")
    return TimelineState(state.get("selected"), (moved_to[0], moved_to[1]) if moved_to else None)
