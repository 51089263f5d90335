"""What a decision changes, drawn before it is applied: what articles say, and what becomes of what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from kb.ask.words import human
from kb.views.parts.markup import STATUS_WORDS, plural, type_word

if TYPE_CHECKING:
    from ingest.revising.differences import Difference
    from ingest.revising.effects import Effect
    from ingest.revising.revise import Revision

_ROWS = 60  # differences told one by one
_SHOWN = 30  # effects told one by one
_KINDS = {"published": "Published", "time": "Words", "event": "Event", "claim": "Said"}
_CHANGES = {
    "merged": "becomes one with", "apart": "is apart again from", "gone": "is no longer shown", "back": "is shown",
    "changed": "changes",
}  # fmt: skip
_DETAILS = {
    "words": "called",
    "date": "date",
    "status": "status",
    "type": "type",
    "starred": "starred",
    "tags": "tags",
    "note": "note",
    "who": "who and where",
    "reports": "sentences",
}
_ORDER = list(_CHANGES)


def changes_html(revision: Revision) -> str:
    """All that a revision changes, as HTML; every word from the graph is escaped."""
    effects = effects_html(revision.effects)
    known = {(effect.words, before, after) for effect in revision.effects for name, before, after in effect.details
             if name == "date"}  # fmt: skip
    others = [one for one in revision.differences if (one.words, one.before, one.after) not in known]
    return f"{effects}<h3>What the articles say then</h3>{differences_html(others)}" if others else effects


def effects_html(effects: Iterable[Effect]) -> str:
    """What becomes of what is shown, as an HTML list; every word from the graph is escaped."""
    told = sorted(effects, key=lambda effect: (_ORDER.index(effect.change), effect.words, effect.id))
    if not told:
        return '<p class="kb-count-line" role="status">Nothing that is shown changes now.</p>'
    rows = "".join(f"<li>{_effect(effect)}</li>" for effect in told[:_SHOWN])
    more = len(told) - _SHOWN
    rest = f'<p class="kb-hint">{more:,} more are not shown here.</p>' if more > 0 else ""
    return f'<div role="status"><ul class="kb-effects">{rows}</ul>{rest}</div>'


def told_of(effects: Iterable[Effect]) -> str:
    """The first of what becomes of what is shown, as a sentence, and how much more; "" where nothing does."""
    told = sorted(effects, key=lambda effect: (_ORDER.index(effect.change), effect.words, effect.id))
    if not told:
        return ""
    into = f" “{told[0].into}”" if told[0].into else ""
    more = f", and {plural(len(told) - 1, 'more change')}" if len(told) > 1 else ""
    return f"“{told[0].words}” {_CHANGES[told[0].change]}{into}{more}."


def _effect(effect: Effect) -> str:
    into = f" “{escape(effect.into)}”" if effect.into else ""
    details = "".join(f"<small>{_DETAILS[name]}: {_said(name, before)} → <strong>{_said(name, after)}</strong></small>"
                      for name, before, after in effect.details)  # fmt: skip
    before = next((str(before) for name, before, _ in effect.details if name == "words"), effect.words)
    return f"<b>{escape(before)}</b> {_CHANGES[effect.change]}{into}{details}"


def _said(name: str, value: Any) -> str:
    if value is None:
        return "none"
    if name == "status":
        return escape(STATUS_WORDS.get(value, value))
    return escape(human(value) if name == "date" else type_word(value) if name == "type" else str(value))


def differences_html(differences: Sequence[Difference]) -> str:
    """What articles say after a change, as an HTML table; every word from the graph is escaped."""
    told = {(one.kind, one.words, one.before, one.after, one.change, one.sentence): one for one in differences}
    differences = list(told.values())  # a sentence may name an event twice
    rows = "".join(_row(one) for one in differences[:_ROWS])
    more = len(differences) - _ROWS
    rest = f'<p class="kb-hint">{more:,} more are not shown here.</p>' if more > 0 else ""
    count = f'<p class="kb-count-line" role="status">{plural(len(differences), "difference")}</p>'
    head = "<tr><th>What</th><th>Was</th><th>Becomes</th></tr>"
    return f'{count}<table class="kb-differences"><thead>{head}</thead><tbody>{rows}</tbody></table>{rest}'


def _row(one: Difference) -> str:
    was = "not there" if one.change == "new" else human(one.before, "no date")
    becomes = "gone" if one.change == "gone" else human(one.after, "no date")
    sentence = f"<small>{escape(' '.join(one.sentence.split()))}</small>" if one.sentence else ""
    what = f"<b>{_KINDS[one.kind]}</b> {escape(' '.join(one.words.split()))}{sentence}"
    return f"<tr><td>{what}</td><td>{escape(was)}</td><td><strong>{escape(becomes)}</strong></td></tr>"
