"""When, where and to whom a thing was said: the cue's own time, its occasion, or the occasion of the words before.

The date of the saying is never taken from what is said. Where the text gives none, it is the day of the report for
news told as news (the dateline convention), and any time up to it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from ingest.reading.english.claims.context import Context, within
from ingest.reading.english.claims.cues import Attribution, lexicon
from ingest.reading.english.claims.setting import addressee, hearer_span, medium
from ingest.reading.english.claims.speakers import source_of, token_at
from ingest.reading.findings import ClaimFinding, EventFinding, TimeFinding
from kb.edtf import Edtf

_PRONOUNS = {"he", "she", "they", "it", "we", "i", "who"}
_NEAR = 4  # passages within which a venue (an interview, a post) still holds for the same speaker
_NEXT = 2  # passages within which whoever was spoken to is still spoken to
_AFTER, _BEFORE = {"after", "following", "since"}, {"before"}
_PERFECT = ("VBN", "VBP", "VBZ", "VB")


def with_saying(
    context: Context, claim: ClaimFinding, made: Attribution, earlier: Sequence[ClaimFinding]
) -> ClaimFinding:
    """The claim with its hearer, medium, occasion and date."""
    claim = _with_setting(context, claim, made)
    time, venue, act = _time_of_cue(context, made), _venue(context, made), _act(context, claim)
    if venue is None and act is not None and act.lemma in lexicon().venues and _narrated(context, made):
        venue = act
    dated = (time.edtf if time else None, _after_or_before(context, made), *(e.edtf for e in (venue, act) if e))
    said = next((edtf for edtf in dated if edtf is not None), None)
    claim = replace(
        claim,
        said=said,
        said_time=time.key if time is not None else None,
        made_in=venue.key if venue is not None else None,
    )
    claim = _with_occasion(context, claim, made, earlier)
    return claim if claim.said is not None else replace(claim, said=_by_report(context, claim, made))


def _with_setting(context: Context, claim: ClaimFinding, made: Attribution) -> ClaimFinding:
    doc = context.annotated.doc
    noun = addressee(doc, made)
    claim = replace(claim, medium=medium(doc, made))
    if noun is None:
        return claim
    span = hearer_span(noun)
    who = context.entity_named(span)
    if who is not None and who == claim.speaker:
        return claim
    return replace(claim, addressee=who, addressee_text=context.annotated.text[slice(*span)])


def _with_occasion(
    context: Context, claim: ClaimFinding, made: Attribution, earlier: Sequence[ClaimFinding]
) -> ClaimFinding:
    """Carry on date, occasion and hearer of the same speaker's words before, where the claim has none of its own."""
    if not _carries_on(context, made):
        return claim
    last = next((c for c in reversed(earlier) if c.passage >= claim.passage - _NEAR and _same_speaker(c, claim)), None)
    if last is None:
        return claim
    if claim.said is None and (last.made_in or last.medium or made.continues or _according(context, made)):
        claim = replace(claim, said=last.said, said_time=last.said_time, made_in=last.made_in)
    own = claim.addressee_text or claim.medium or claim.said != last.said
    if not own and (last.made_in or last.medium or claim.passage - last.passage <= _NEXT):
        claim = replace(claim, medium=last.medium, addressee=last.addressee, addressee_text=last.addressee_text)
    return claim


def _carries_on(context: Context, made: Attribution) -> bool:
    return _narrated(context, made) or _according(context, made)


def _according(context: Context, made: Attribution) -> bool:
    return made.cue is not None and context.annotated.doc[made.cue].lower_ == "according"


def _narrated(context: Context, made: Attribution) -> bool:
    """Whether the saying is in the simple past, as one more of the same occasion ("has said" may be of any time)."""
    return made.cue is None or context.annotated.doc[made.cue].tag_ not in _PERFECT


def _same_speaker(earlier: ClaimFinding, claim: ClaimFinding) -> bool:
    if earlier.speaker is not None and claim.speaker is not None:
        return earlier.speaker == claim.speaker
    return bool(claim.speaker_text) and (
        earlier.speaker_text.lower() == claim.speaker_text.lower() or claim.speaker_text.lower() in _PRONOUNS
    )


def _by_report(context: Context, claim: ClaimFinding, made: Attribution) -> Edtf | None:
    """About the day of the report for a saying told as news; else any time up to it."""
    published = context.todays.at(claim.content[0][0])
    if published is None or published.latest is None:
        return None
    if made.cue is None or "/" in published or not _news(context.annotated.doc[made.cue]) or not context.news:
        return Edtf.of(f"../{published.latest}")
    return published.about()


def _news(cue: Token) -> bool:
    """Whether the cue tells one saying as news: simple past, "says", or a participle that goes on about one."""
    auxiliaries = {c.lower_ for c in cue.children if c.dep_ in ("aux", "auxpass")}
    if auxiliaries & {"had", "has", "have", "'ve", "’ve", "was", "were", "is", "are", "will", "would", "to"}:
        return False
    if cue.tag_ == "VBG":
        return cue.dep_ in ("advcl", "conj") and cue.head.pos_ == "VERB" and cue.head.i < cue.i and _news(cue.head)
    relative = any(above.dep_ in ("relcl", "acl") for above in (cue, *cue.ancestors))
    return not relative and (cue.tag_ == "VBD" or (cue.tag_ == "VBZ" and cue.lemma_ in ("say", "tell", "warn")))


def _time_of_cue(context: Context, made: Attribution) -> TimeFinding | None:
    """Find the dated expression that hangs on the cue, outside of the content and of the source."""
    if made.cue is None:
        return None
    cue = context.annotated.doc[made.cue]
    for time in context.times_in((cue.sent.start_char, cue.sent.end_char)):
        if time.edtf is None or within(time.start, made.content) or within(time.start, made.source):
            continue
        if _hangs_on(token_at(context.annotated.doc, time.start), cue):
            return time
    return None


def _beside(context: Context, made: Attribution) -> Iterator[tuple[Token, EventFinding]]:
    """Yield the events that the cue's clause tells beside the saying, each with its trigger word."""
    if made.cue is None:
        return
    cue = context.annotated.doc[made.cue]
    for start, event in context.triggers_in((cue.sent.start_char, cue.sent.end_char)):
        word = token_at(context.annotated.doc, start)
        if word.i != cue.i and not within(start, made.content) and not within(start, made.source):
            yield word, event


def _venue(context: Context, made: Attribution) -> EventFinding | None:
    """Find the event, an interview or a post, that the cue clause says it was said in."""
    for word, event in _beside(context, made):
        if (
            made.cue is not None
            and event.lemma in lexicon().venues
            and _hangs_on(word, context.annotated.doc[made.cue])
        ):
            link = _link(word)
            if link is None or link.lower_ not in _AFTER | _BEFORE:
                return event
    return None


def _after_or_before(context: Context, made: Attribution) -> Edtf | None:
    """Bound the saying by an event it came after or before ("after the interview"); or date it by one it fell in."""
    for word, event in _beside(context, made):
        link = _link(word)
        if (
            made.cue is None
            or link is None
            or event.edtf is None
            or not _hangs_on(link, context.annotated.doc[made.cue])
        ):
            continue
        if link.lower_ in _BEFORE and event.edtf.earliest:
            return Edtf.of(f"../{event.edtf.earliest}")
        if link.lower_ in _AFTER and event.edtf.earliest:
            return _between(event.edtf.earliest, context.annotated.document.published)
        if link.lower_ == "during" and event.edtf.precision == "day":
            return event.edtf
    return None


def _between(earliest: str, published: Edtf | None) -> Edtf | None:
    if published is None or not published.latest:
        return Edtf.of(f"{earliest}/..")
    return Edtf.of(f"{earliest}/{published.latest}") if earliest < published.latest else None


def _link(word: Token) -> Token | None:
    """Find the preposition or conjunction that joins an event's word to its clause."""
    if word.dep_ in ("pobj", "pcomp") and word.head.dep_ in ("prep", "mark"):
        return word.head
    return next((c for c in word.children if c.dep_ == "mark"), None) if word.dep_ == "advcl" else None


def _act(context: Context, claim: ClaimFinding) -> EventFinding | None:
    """Find the event that the cue itself tells ("rejected the offer"): its date is that of the saying."""
    if claim.cue_span is None:
        return None
    cue = token_at(context.annotated.doc, claim.cue_span[0])
    # "rejected it, stating that …": one act
    acts = (cue, *_governors(cue))
    found = (e for w in acts for e in context.events_in((w.idx, w.idx + len(w))))
    return next((e for e in found if e.edtf is not None and (context.news or not _of_report(context, e.edtf))), None)


def _of_report(context: Context, edtf: Edtf) -> bool:
    """Whether a date is only that of the report, which tells nothing of when history's sayings were."""
    published = context.todays.page
    return published is not None and edtf == f"{str(published).rstrip('~?%')}~"


def _governors(cue: Token) -> Iterator[Token]:
    """Yield the verbs that a participle of saying goes on about: those with the same source, in its sentence."""
    if cue.tag_ != "VBG":
        return
    source = source_of(cue)
    for above in cue.ancestors:
        if above.pos_ == "VERB" and above.i < cue.i and source is not None and source_of(above) == source:
            yield above


def _hangs_on(word: Token, cue: Token) -> bool:
    """Whether the word belongs to the cue's own clause: no other clause lies between them."""
    for above in (word, *word.ancestors):
        if above.i == cue.i:
            return True
        if above.dep_ in ("relcl", "ccomp", "advcl", "nsubj", "acl") and above != word:
            return False
    return False
