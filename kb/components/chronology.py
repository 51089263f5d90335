"""A table of events in which rows are selected, and dates, titles, tags and notes are written where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from kb.components.mount import fingerprint, mount
from kb.words import mark, say

_LOADING = mark("Drawing the table …")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One event. slot: a colour and shape, see frontend/marks.js; doubt: what is doubtful of the date, in words.

    href, articleHref: addresses of the event's page and of the article that the sentence stands in.
    """

    id: str
    date: str
    title: str
    href: str
    slot: int = 8
    doubt: str = ""
    who: str = ""
    where: str = ""
    status: str = ""
    sources: int = 1
    tags: str = ""
    note: str = ""
    starred: bool = False
    sentence: str = ""
    article: str = ""
    articleHref: str = ""  # noqa: N815 (as the script reads it)


def chronology(
    rows: Sequence[TableRow],
    *,
    key: str,
    selected: Sequence[str],
    cleared: int,
    fixed: bool = False,
    on_selected: Callable[[], None] = lambda: None,
    on_edit: Callable[[], None] = lambda: None,
) -> None:
    """Draw the table. What the reader did stands in the state of its key: `selected`, ids, and `edit`, once.

    Arguments: rows; key, of the component; selected, ids that are, obeyed again when `cleared` changes; fixed, whether
    nothing can be written; on_selected, on_edit, called before the next run: an edit has `id`, `field` and `value`.
    Raises: MissingAsset when the bundle was never built.
    """
    data = {"rows": [asdict(row) for row in rows], "selected": list(selected), "cleared": cleared, "fixed": fixed}
    data["rev"] = fingerprint(data["rows"], cleared, fixed)
    mount("chronology", _frame(), key=key, data=data, on_selected_change=on_selected, on_edit_change=on_edit)


def _frame() -> str:
    """What stands there until the script has drawn."""
    return f'<div class="kb-chronology"><p class="kb-loading" role="status">{say(_LOADING)}</p></div>'
