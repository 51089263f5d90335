"""A zoomable timeline whose items are the spans that the dates are, with an overview of all that there is below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from kb.components.mount import fingerprint, mount
from kb.words import mark, say

Window = tuple[str, str]
_LOADING = mark("Drawing the timeline …")


@dataclass(frozen=True, slots=True)
class Item:
    """One bar. `start` and `end` are ISO days, `end` exclusive; `event` is what a click reports.

    slot: a colour and shape, see frontend/marks.js; tag: a status in words; weight: which come first where not all have
    room; month: in which it begins ("2022-03"), "" where that is not known. single: one source tells it.
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
    month: str = ""
    soft: bool = False
    open_start: bool = False
    open_end: bool = False
    unsure: bool = False
    disputed: bool = False
    corrected: bool = False
    single: bool = False

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
class TypeEntry:
    """A type of event in the legend, by which a reader filters. on: whether it is among those chosen."""

    type: str
    slot: int
    label: str
    count: int
    on: bool = False


@dataclass(frozen=True, slots=True)
class Inside:
    """How many events touch a window, and how many of them are known only to a season, a year or longer."""

    window: Window
    inside: int
    coarse: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a timeline shows.

    items: the most important of the window, all there are unless partial; groups: lanes from the top, or none.
    window: first and last day to show. extent: of all that there is. months: ("2022-03", events) in order. total: how
    many dated events there are. counts: of the window. moved: any text; the window is obeyed again only when it
    changes, so that a reader's own zoom is kept. roomy: whether to leave room for the title of the last event.
    note: a sentence that follows what is counted. reveals: a CSS selector of what a choice opens,
    scrolled to on narrow screens.
    """

    items: Sequence[Item]
    window: Window
    extent: Window
    months: Sequence[tuple[str, int]]
    total: int
    counts: Inside
    moved: str
    groups: Sequence[Lane] = ()
    types: Sequence[TypeEntry] = field(default=())
    partial: bool = False
    roomy: bool = False
    note: str = ""
    reveals: str = ""


def prepared(drawing: Drawing) -> dict[str, Any]:
    """A drawing as the script reads it; made once, it may be drawn again and again."""
    data = asdict(replace(drawing, items=()))
    data["items"] = [item.data() for item in drawing.items]
    return {**data, "rev": fingerprint(data)}


def timeline(
    drawn: dict[str, Any],
    *,
    key: str,
    selected: str | None = None,
    on_selected: Callable[[], None] = lambda: None,
    on_window: Callable[[], None] = lambda: None,
    on_types: Callable[[], None] = lambda: None,
) -> None:
    """Draw a timeline. What the reader did stands in the state of its key: `selected`, `window` and `types`.

    Arguments: drawn, what it shows, as `prepared` gives it; key, of the component; selected, an event; on_selected,
    on_window, on_types, called before the next run.
    Raises: MissingAsset when the bundle was never built.
    """
    mount("timeline", _frame(), key=key, data={**drawn, "selected": selected},
          on_selected_change=on_selected, on_window_change=on_window, on_types_change=on_types)  # fmt: skip


def _frame() -> str:
    """What stands there until the script has drawn."""
    return f'<div class="kb-timeline"><p class="kb-loading" role="status">{say(_LOADING)}</p></div>'
