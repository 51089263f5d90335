"""What humans decided, as sentences in HTML: for the page that lists all, and for that of an event or a name."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kb.ask.identity import DecisionRow
from kb.ask.rows import Named
from kb.ask.words import human
from kb.heeded import NONE, Added
from kb.models import DecisionField
from kb.views.parts.markup import STATUS_WORDS, article_link, event_link, link, name_link, role_word, type_word

_KINDS = {"Organization": "organisation"}


def decision_html(row: DecisionRow) -> str:
    """What was decided, by whom, when and why; every word from the graph is escaped."""
    one = row.decision
    taken = f", taken back {escape(human(one.revoked_at[:10]))}" if one.revoked_at else ""
    why = f"<p>{escape(one.reason)}</p>" if one.reason else ""
    revoked = " kb-revoked" if one.revoked_at else ""
    when = f"{human(one.at[:10])}, {one.at[11:16]} UTC"
    return (
        f'<div class="kb-decided{revoked}"><p><b>{decision_words(row)}</b></p>{why}'
        f"<p><small>{escape(one.by)}, {escape(when)}{taken}</small></p></div>"
    )


def decided_html(rows: Sequence[DecisionRow]) -> str:
    """What was decided on one thing, for its page, with a way to take it back; "" where nothing was."""
    if not rows:
        return ""
    told = "".join(map(decision_html, rows))
    return f"<h2>What was decided</h2>{told}<p>{link('review', 'Take one back', show='decisions')}</p>"


def decision_words(row: DecisionRow) -> str:
    """A decision as a sentence, in HTML, what it judges linked."""
    one = row.decision
    targets = _listed(row.targets, dated=one.field != "edtf")
    kind = kind_word(row.targets[0].kind)
    article = f"a{'n' if kind[0] in 'aeiou' else ''}"
    if one.kind == "add":
        return _added_words(one.value or "", targets)
    if one.field == "article":
        return f"{linked(row.others[-1])} means another {kind} by {linked(row.others[0])}"
    if one.field in ("participant", "place"):
        return _part_words(row, targets)
    if one.kind == "same":
        return f"{targets} are one {kind}"
    if one.kind in ("different", "split"):
        verb = "are" if len(row.targets) > 1 else "is"
        return f"{targets} {verb} not {_listed(row.others, 'or')}"
    if one.kind == "reject" and row.targets[0].kind == "Article":
        return f"{targets} is withdrawn"
    if one.kind == "reject":
        return f"{targets} is not {article} {kind}"
    return f"{_FIELDS[one.field or 'title'].format(targets)} {escape(_value(one.field, one.value or ''))}"


def _added_words(value: str, article: str) -> str:
    """What a human added to an article, as a sentence in HTML."""
    added = Added.of(value)
    when = f" ({escape(human(added.date))})" if added.date else ""
    what = f"the {added.what} “{escape(added.title or added.words)}”{when}"
    return f"{article} tells {what}"


def _part_words(row: DecisionRow, event: str) -> str:
    """Who took part in an event, or where it was, as a sentence in HTML."""
    role = (row.decision.value or "").split()[0]
    if row.decision.field == "place":
        return f"{event} was in {linked(row.others[-1])}" if row.others else f"{event} was nowhere in particular"
    who = linked(row.others[-1])
    return (
        f"{who} took no part in {event}" if role == NONE else f"{who} took part in {event} ({escape(role_word(role))})"
    )


_FIELDS = {
    "published": "{} was published", "edtf": "{} happened", "title": "{} has the title", "type": "{} is of the type",
    "starred": "{} has a star:", "tags": "{} has the tags", "note": "{} has the note", "status": "{} has the status",
    "name": "{} is called", "article": "{}", "participant": "{}",
    "place": "{}",
}  # fmt: skip


def _value(field: DecisionField | None, value: str) -> str:
    if field in ("published", "edtf"):
        return human(value)
    if field == "type":
        return type_word(value)
    return STATUS_WORDS.get(value, value) if field == "status" else f"“{value}”"


def kind_word(kind: str) -> str:
    """What to call a kind of thing within a sentence."""
    return _KINDS.get(kind, kind.lower()) or "fact"


def _listed(named: tuple[Named, ...], last: str = "and", *, dated: bool = True) -> str:
    words = [linked(one) + (f" ({escape(one.when)})" if dated and one.kind == "Event" else "") for one in named]
    return f" {last} ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def linked(one: Named) -> str:
    """A node as a link to its page, in HTML; a claim in quotation marks, as it has none."""
    if one.kind == "Event":
        return event_link(one.name, one.id)
    if one.kind == "Article":
        return article_link(one.name, one.id)
    return f"“{escape(one.name)}”" if one.kind == "Claim" else name_link(one.name, one.id)
