"""What a decision changes, drawn before it is applied: what articles say, and what becomes of what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from kb.views.parts.markup import status_name, type_word
from kb.words import human, mark, plural, say

if TYPE_CHECKING:
    from ingest.revising.differences import Difference
    from ingest.revising.effects import Effect
    from ingest.revising.revise import Revision

_ROWS = 60  # differences told one by one
_SHOWN = 30  # effects told one by one
_KINDS = {"published": mark("Published"), "time": mark("Words"), "event": mark("Event"), "claim": mark("Said")}
_CHANGES = {
    "merged": mark("becomes one with"),
    "apart": mark("is apart again from"),
    "gone": mark("is no longer shown"),
    "back": mark("is shown"),
    "changed": mark("changes"),
}
_DETAILS = {
    "words": mark("called"),
    "date": mark("date"),
    "status": mark("status"),
    "type": mark("type"),
    "starred": mark("starred"),
    "tags": mark("tags"),
    "note": mark("note"),
    "who": mark("who and where"),
    "reports": mark("sentences"),
}
_ORDER = list(_CHANGES)


def changes_html(revision: Revision) -> str:
    """All that a revision changes, as HTML; every word from the graph is escaped."""
    effects = effects_html(revision.effects)
    known = {(effect.words, before, after) for effect in revision.effects for name, before, after in effect.details
             if name == "date"}  # fmt: skip
    others = [one for one in revision.differences if (one.words, one.before, one.after) not in known]
    return f"{effects}<h3>{say('What the articles say then')}</h3>{differences_html(others)}" if others else effects


def effects_html(effects: Iterable[Effect]) -> str:
    """What becomes of what is shown, as an HTML list; every word from the graph is escaped."""
    told = sorted(effects, key=lambda effect: (_ORDER.index(effect.change), effect.words, effect.id))
    if not told:
        return f'<p class="kb-count-line" role="status">{say("Nothing that is shown changes now.")}</p>'
    rows = "".join(f"<li>{_effect(effect)}</li>" for effect in told[:_SHOWN])
    more = len(told) - _SHOWN
    rest = f'<p class="kb-hint">{say("{more} more are not shown here.", more=more)}</p>' if more > 0 else ""
    return f'<div role="status"><ul class="kb-effects">{rows}</ul>{rest}</div>'


def told_of(effects: Iterable[Effect]) -> str:
    """The first of what becomes of what is shown, as a sentence, and how much more; "" where nothing does."""
    told = sorted(effects, key=lambda effect: (_ORDER.index(effect.change), effect.words, effect.id))
    if not told:
        return ""
    into = f" “{told[0].into}”" if told[0].into else ""
    more = plural(len(told) - 1, ", and {n} more change", ", and {n} more changes") if len(told) > 1 else ""
    return f"“{told[0].words}” {say(_CHANGES[told[0].change])}{into}{more}."


def _effect(effect: Effect) -> str:
    into = f" “{escape(effect.into)}”" if effect.into else ""
    details = "".join(
        f"<small>{say(_DETAILS[name])}: {_said(name, before)} → <strong>{_said(name, after)}</strong></small>"
        for name, before, after in effect.details
    )
    before = next((str(before) for name, before, _ in effect.details if name == "words"), effect.words)
    return f"<b>{escape(before)}</b> {say(_CHANGES[effect.change])}{into}{details}"


def _said(name: str, value: Any) -> str:
    if value is None:
        return say("none")
    if name == "status":
        return escape(status_name(value).lower())
    return escape(human(value) if name == "date" else type_word(value) if name == "type" else str(value))


def differences_html(differences: Sequence[Difference]) -> str:
    """What articles say after a change, as an HTML table; every word from the graph is escaped."""
    told = {(one.kind, one.words, one.before, one.after, one.change, one.sentence): one for one in differences}
    differences = list(told.values())  # a sentence may name an event twice
    rows = "".join(_row(one) for one in differences[:_ROWS])
    more = len(differences) - _ROWS
    rest = f'<p class="kb-hint">{say("{more} more are not shown here.", more=more)}</p>' if more > 0 else ""
    count = (
        f'<p class="kb-count-line" role="status">{plural(len(differences), "{n} difference", "{n} differences")}</p>'
    )
    head = f"<tr><th>{say('What')}</th><th>{say('Was')}</th><th>{say('Becomes')}</th></tr>"
    return f'{count}<table class="kb-differences"><thead>{head}</thead><tbody>{rows}</tbody></table>{rest}'


def _row(one: Difference) -> str:
    was = say("not there") if one.change == "new" else human(one.before, say("no date"))
    becomes = say("gone") if one.change == "gone" else human(one.after, say("no date"))
    sentence = f"<small>{escape(' '.join(one.sentence.split()))}</small>" if one.sentence else ""
    what = f"<b>{say(_KINDS[one.kind])}</b> {escape(' '.join(one.words.split()))}{sentence}"
    return f"<tr><td>{what}</td><td>{escape(was)}</td><td><strong>{escape(becomes)}</strong></td></tr>"
