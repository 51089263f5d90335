"""One claim as HTML: who said what, by which clocks, and how other claims answer it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from kb.ask.claims import ClaimRow
from kb.ask.claims.disputes import ClaimLinkRow
from kb.ask.rows import Named
from kb.ask.words import as_said
from kb.edtf import Edtf
from kb.views.parts.markup import article_link, badge, event_link, link, name_link, speaker_of
from kb.views.parts.spans import day
from kb.words import human, mark, pair, plural, retold, say, sense

_UNITS = {"day": pair("{n} day", "{n} days"), "month": pair("{n} month", "{n} months"),
          "year": pair("{n} year", "{n} years")}  # fmt: skip
_ANSWERED = 3  # answers to one claim told one by one
_ANSWERS = {
    "CONTRADICTS": (mark("contradicts"), mark("is contradicted by")),
    "SUPPORTS": (mark("supports"), mark("is supported by")),
    "REPEATS": (mark("repeats"), mark("is repeated by")),
}


def voice_html(
    claim: ClaimRow, subject: Named | None, stance: str = "", answers: str = "", *, about: bool = False
) -> str:
    """What one said on a subject, as HTML; every word from the graph is escaped.

    Arguments: claim; subject, of its group; stance, as in `Group`; answers, HTML of `answers_html`; about, whether to
    say what it is about and when that happened, where no heading does.
    """
    who = link("claims", speaker_of(claim), speaker=claim.speaker.id) if claim.speaker else escape(speaker_of(claim))
    doubt = badge("denies") if stance == "against" else ""
    words = escape(as_said(claim.text, direct=claim.direct))
    against = " kb-against" if stance == "against" else ""
    sentence = f"<details><summary>{say('The sentence')}</summary><p>{escape(claim.sentence)}</p></details>"
    return (
        f'<article class="kb-voice{against}"><p class="kb-who"><strong>{who}</strong> {escape(claim.cue)}{doubt}</p>'
        f'<p class="kb-what">{words}</p>{answers}{_clocks(claim, subject)}{_about(claim) if about else ""}{sentence}'
        f"<footer>{_where(claim)}</footer></article>"
    )


def _about(claim: ClaimRow) -> str:
    events = [f"{event_link(event.name, event.id)}{f', {escape(human(event.edtf))}' if event.edtf else ''}"
              for event in claim.about_events]  # fmt: skip
    names = [name_link(one.name, one.id) for one in claim.about_entities]
    told = "; ".join([*events, *([", ".join(names)] if names else [])])
    return f'<p class="kb-about">{say("about {told}", told=told)}</p>' if told else ""


def first_html(claim: ClaimRow, first: ClaimRow | None) -> str:
    """Who said first what a claim says, as HTML; "" where nobody else does. Arguments: as `first_to_say` gives it."""
    if first is None:
        return ""
    if first.id == claim.id:
        return f'<p class="kb-answer">{say("the first to say so")}</p>'
    when = human(first.said, say("not known when"))
    said = link(
        "claims",
        say("first said by {name}, {date}", name=speaker_of(first), date=when),
        claim=first.id,
    )
    return f'<p class="kb-answer">{said}</p>'


def answers_html(claim: ClaimRow, links: Sequence[ClaimLinkRow], *, all_of_them: bool = False) -> str:
    """What a claim repeats, contradicts or supports, and what does so to it, as HTML; every word is escaped.

    Arguments: claim; links; all_of_them, else a few, and how many more there are.
    """
    told = []
    for each in links:
        if claim.id in (each.start.id, each.end.id):
            forth = claim.id == each.start.id
            other = each.end if forth else each.start
            verb = _verb(each, forth=forth)
            text = "" if other.text == claim.text else f": {as_said(other.text, direct=other.direct)}"
            who = link("claims", speaker_of(other), claim=other.id)
            when = f", {human(other.said)}" if other.said else ""
            told.append(
                f'<p class="kb-answer">{verb} {who}{escape(when)}{escape(text)} ({escape(retold(each.reason))})</p>'
            )
    more = 0 if all_of_them else len(told) - _ANSWERED
    words = plural(more, "and {n} more such claim", "and {n} more such claims")
    rest = f'<p class="kb-answer">{link("claims", words, claim=claim.id)}</p>' if more > 1 else ""
    return "".join(told[: _ANSWERED if rest else None]) + rest


def _verb(each: ClaimLinkRow, *, forth: bool) -> str:
    """What the one of two claims does to the other. Arguments: the link; forth, whether the one is its start."""
    if each.kind == "CONTRADICTS" and each.start.force == "denied":
        return say("denies") if forth else say("is denied by")
    return say(_ANSWERS.get(each.kind, (each.kind.lower(), each.kind.lower()))[0 if forth else 1])


def _clocks(claim: ClaimRow, subject: Named | None) -> str:
    later = lag(subject.edtf if subject else None, claim.said)
    said = escape(human(claim.said, say("not known when"))) + (f" <small>({later})</small>" if later else "")
    rows = [(say("happened"), escape(human(subject.edtf)))] if subject and subject.edtf else []
    rows.append((say("said"), said))
    rows.append((say("published"), escape(human(claim.article.published, say("not known when")))))
    if claim.recorded:
        rows.append((say("recorded"), escape(human(claim.recorded[:10]))))
    if claim.addressee_text:
        rows.append(
            (sense("said to somebody", "to"), escape(claim.addressee.name if claim.addressee else claim.addressee_text))
        )
    if claim.made_in:
        rows.append((sense("in an event", "in"), event_link(claim.made_in.name, claim.made_in.id)))
    elif claim.medium:
        rows.append((sense("in a medium", "in"), escape(claim.medium)))
    return (
        '<dl class="kb-clocks">'
        + "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
        + "</dl>"
    )


def _where(claim: ClaimRow) -> str:
    article = claim.article
    return " · ".join(part for part in (article_link(article.name, article.id), escape(article.publisher)) if part)


def lag(happened: str | None, said: str | None) -> str:
    """How long after the event something was said: "9 years later", "3 days before"; "" when neither is sure.

    Arguments: both EDTF. Counted from the middle of each span, and "about" unless both are single days.
    """
    ends = [(day(b[0]), day(b[1])) for b in (_bounds(happened), _bounds(said))]
    (first, last), (earliest, latest) = ends
    if not (first and last and earliest and latest) or (first <= latest and earliest <= last):
        return ""
    days = (_middle(earliest, latest) - _middle(first, last)).days
    size = abs(days)
    number, unit = (
        (round(size / 365.25), "year")
        if size >= 548
        else (round(size / 30.44), "month")
        if size >= 60
        else (size, "day")
    )
    sure = first == last and earliest == latest
    span = plural(number, *_UNITS[unit])
    if days > 0:
        return say("{span} later", span=span) if sure else say("about {span} later", span=span)
    return say("{span} before", span=span) if sure else say("about {span} before", span=span)


def _bounds(edtf: str | None) -> tuple[str | None, str | None]:
    return (Edtf(edtf).earliest, Edtf(edtf).latest) if edtf else (None, None)


def _middle(first: date, last: date) -> date:
    return first + (last - first) / 2
