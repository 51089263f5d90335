"""What humans decided, as sentences in HTML: for the page that lists all, and for that of an event or a name."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kb.ask.identity import DecisionRow
from kb.ask.rows import Named
from kb.heeded import NONE, Added
from kb.models import DecisionField
from kb.views.parts.markup import article_link, event_link, link, name_link, role_word, status_name, type_word
from kb.words import human, mark, moment, say

_KINDS = {
    "Event": mark("event"), "Person": mark("person"), "Organization": mark("organisation"), "Place": mark("place"),
    "Thing": mark("thing"), "Claim": mark("claim"), "Article": mark("article"),
}  # fmt: skip
_ARE_ONE = {
    "Event": mark("{targets} are one event"), "Person": mark("{targets} are one person"),
    "Organization": mark("{targets} are one organisation"), "Place": mark("{targets} are one place"),
    "Thing": mark("{targets} are one thing"), "Claim": mark("{targets} are one claim"),
}  # fmt: skip
_IS_NONE = {
    "Event": mark("{targets} is not an event"), "Person": mark("{targets} is not a person"),
    "Organization": mark("{targets} is not an organisation"), "Place": mark("{targets} is not a place"),
    "Thing": mark("{targets} is not a thing"), "Claim": mark("{targets} is not a claim"),
}  # fmt: skip
_ADDED = {"event": mark("{article} tells the event “{title}”"), "claim": mark("{article} tells the claim “{title}”")}


def decision_html(row: DecisionRow) -> str:
    """What was decided, by whom, when and why; every word from the graph is escaped."""
    one = row.decision
    taken = say(", taken back {date}", date=escape(human(one.revoked_at[:10]))) if one.revoked_at else ""
    why = f"<p>{escape(one.reason)}</p>" if one.reason else ""
    revoked = " kb-revoked" if one.revoked_at else ""
    when = moment(one.at)
    return (
        f'<div class="kb-decided{revoked}"><p><b>{decision_words(row)}</b></p>{why}'
        f"<p><small>{escape(one.by)}, {escape(when)}{taken}</small></p></div>"
    )


def decided_html(rows: Sequence[DecisionRow]) -> str:
    """What was decided on one thing, for its page, with a way to take it back; "" where nothing was."""
    if not rows:
        return ""
    told = "".join(map(decision_html, rows))
    return f"<h2>{say('What was decided')}</h2>{told}<p>{link('review', say('Take one back'), show='decisions')}</p>"


def decision_words(row: DecisionRow) -> str:
    """A decision as a sentence, in HTML, what it judges linked."""
    one = row.decision
    targets = _listed(row.targets, dated=one.field != "edtf")
    kind = row.targets[0].kind
    if one.kind == "add":
        return _added_words(one.value or "", targets)
    if one.field == "article":
        return say(
            "{article} means another one by {name}",
            article=linked(row.others[-1]),
            name=linked(row.others[0]),
        )
    if one.field in ("participant", "place"):
        return _part_words(row, targets)
    if one.kind == "same":
        return say(_ARE_ONE.get(kind, "{targets} are one"), targets=targets)
    if one.kind in ("different", "split"):
        return say(_NOT[len(row.targets) > 1], targets=targets, others=_listed(row.others, say("or")))
    if one.kind == "reject" and row.targets[0].kind == "Article":
        return say("{targets} is withdrawn", targets=targets)
    if one.kind == "reject":
        return say(_IS_NONE.get(kind, "{targets} is none"), targets=targets)
    value = escape(_value(one.field, one.value or ""))
    return say(_FIELDS[one.field or "title"], targets=targets, value=value)


def _added_words(value: str, article: str) -> str:
    """What a human added to an article, as a sentence in HTML."""
    added = Added.of(value)
    when = f" ({escape(human(added.date))})" if added.date else ""
    return say(_ADDED[added.what], article=article, title=escape(added.title or added.words)) + when


def _part_words(row: DecisionRow, event: str) -> str:
    """Who took part in an event, or where it was, as a sentence in HTML."""
    role = (row.decision.value or "").split()[0]
    if row.decision.field == "place":
        return (
            say("{event} was in {place}", event=event, place=linked(row.others[-1]))
            if row.others
            else say("{event} was nowhere in particular", event=event)
        )
    who = linked(row.others[-1])
    return (
        say("{who} took no part in {event}", who=who, event=event)
        if role == NONE
        else say("{who} took part in {event} ({role})", who=who, event=event, role=escape(role_word(role)))
    )


_FIELDS = {
    "published": mark("{targets} was published {value}"), "edtf": mark("{targets} happened {value}"),
    "title": mark("{targets} has the title {value}"), "type": mark("{targets} is of the type {value}"),
    "starred": mark("{targets} has a star: {value}"), "tags": mark("{targets} has the tags {value}"),
    "note": mark("{targets} has the note {value}"), "status": mark("{targets} has the status {value}"),
    "name": mark("{targets} is called {value}"),
}  # fmt: skip
_NOT = {False: mark("{targets} is not {others}"), True: mark("{targets} are not {others}")}


def _value(field: DecisionField | None, value: str) -> str:
    if field in ("published", "edtf"):
        return human(value)
    if field == "type":
        return type_word(value)
    return status_name(value).lower() if field == "status" else f"“{value}”"


def kind_word(kind: str) -> str:
    """What to call a kind of thing within a sentence."""
    return say(_KINDS[kind]) if kind in _KINDS else kind.lower() or say("fact")


def _listed(named: tuple[Named, ...], last: str = "", *, dated: bool = True) -> str:
    words = [linked(one) + (f" ({escape(human(one.edtf))})" if dated and one.kind == "Event" else "") for one in named]
    return f" {last or say('and')} ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def linked(one: Named) -> str:
    """A node as a link to its page, in HTML; a claim in quotation marks, as it has none."""
    if one.kind == "Event":
        return event_link(one.name, one.id)
    if one.kind == "Article":
        return article_link(one.name, one.id)
    return f"“{escape(one.name)}”" if one.kind == "Claim" else name_link(one.name, one.id)
