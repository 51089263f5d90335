"""Claims: what the article reports somebody to have said, who said it, when, and what it is about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from spacy.tokens import Token

from ingest.annotate import Annotated
from ingest.claims.cues import DENIALS, DESIRES, Attribution, lexicon
from ingest.claims.quoted import attribute, place_quotations
from ingest.claims.quotes import find_quotations
from ingest.claims.speakers import token_at
from ingest.claims.speech import find_speech
from ingest.findings import ClaimFinding, EntityFinding, EventFinding, Span, TimeFinding
from kb.edtf import Edtf
from kb.models import Modality, Polarity

T = TypeVar("T")
_PRONOUNS = {"he", "she", "they", "it", "we", "i", "who"}
_LONGEST = 400  # characters of a mention
_NEAR = 4  # passages within which a venue (an interview, a post) still holds for the same speaker


@dataclass(frozen=True, slots=True)
class Context:
    """What the earlier steps found, arranged for look-up by character offset."""

    annotated: Annotated
    times: tuple[TimeFinding, ...]
    mentions: tuple[tuple[int, int, EntityFinding], ...]
    triggers: tuple[tuple[int, int, EventFinding], ...]

    def entities_in(self, span: Span) -> list[EntityFinding]:
        """Entities mentioned inside the span, in text order, each once."""
        return _unique(self.mentions, span)

    def events_in(self, span: Span) -> list[EventFinding]:
        """Events whose trigger lies inside the span, in text order, each once."""
        return _unique(self.triggers, span)


def find_claims(
    annotated: Annotated,
    times: tuple[TimeFinding, ...],
    entities: tuple[EntityFinding, ...],
    events: tuple[EventFinding, ...],
) -> tuple[ClaimFinding, ...]:
    """Find all claims of one article in text order, keys "c1", "c2", ….

    Arguments: the parse, and the findings of the earlier steps for the same text (each may be empty: then speakers keep
    their words only, and nothing is dated or linked). Offsets are characters of the text, end exclusive.
    """
    mentions = sorted(((m.start, m.end, e) for e in entities for m in e.mentions), key=lambda row: row[:2])
    triggers = sorted(((m.start, m.end, e) for e in events for m in e.mentions), key=lambda row: row[:2])
    context = Context(annotated, times, tuple(mentions), tuple(triggers))
    claims: list[ClaimFinding] = []
    for attribution in find_attributions(annotated):
        claim = _claim(context, attribution, claims)
        if claim.source or not attribution.continues:
            claims.append(claim)
    return tuple(claims)


def find_attributions(annotated: Annotated) -> list[Attribution]:
    """Attributions of the parse in text order: quotations first joined with their cues, then indirect speech."""
    doc = annotated.doc
    quotations = find_quotations(annotated.text)
    direct = attribute(doc, place_quotations(doc, quotations))
    taken = frozenset(a.cue for a in direct if a.cue is not None)
    indirect = find_speech(doc, quotations, taken)
    covered = [span for a in indirect for span in a.content if a.cue is not None]
    direct = [a for a in direct if a.cue is not None or not any(s <= a.start < e for s, e in covered)]
    return sorted((*direct, *indirect), key=lambda a: (a.start, a.cue or 0))


def _claim(context: Context, made: Attribution, earlier: Sequence[ClaimFinding]) -> ClaimFinding:
    doc = context.annotated.doc
    cue = doc[made.cue] if made.cue is not None else None
    words = cue if cue is None or cue.lower_ != "according" else doc[cue.i : cue.i + 2]
    claim = ClaimFinding(
        key=f"c{len(earlier) + 1}",
        content=made.content,
        passage=context.annotated.passage_at(made.start),
        direct=made.direct,
        source=made.source,
        cue=words.text if cue is not None and words is not None and not cue.is_punct else "",
        cue_span=(cue.idx, cue.idx + len(words.text)) if cue is not None and words is not None else None,
        polarity=_polarity(made, doc[made.head] if made.head is not None else None),
        modality=_modality(made, doc[made.head] if made.head is not None else None),
        confidence=made.confidence,
    )
    claim = _with_speaker(context, claim, made, earlier)
    claim = _with_saying(context, claim, made, earlier)
    return _with_subject_matter(context, claim, earlier)


def _with_speaker(
    context: Context, claim: ClaimFinding, made: Attribution, earlier: Sequence[ClaimFinding]
) -> ClaimFinding:
    """Entity at the source's head; a quotation without a cue is the last speaker's."""
    if made.continues and not made.source:
        last = next((c for c in reversed(earlier) if c.source), None)
        if last is not None and claim.passage - last.passage <= _NEAR:
            return replace(claim, source=last.source, speaker=last.speaker, speaker_text=last.speaker_text)
        return claim
    if not made.source:
        return claim
    start, end = made.source[0]
    speaker = _entity_named(context, (start, end))
    return replace(claim, speaker=speaker, speaker_text=context.annotated.text[start:end])


def _entity_named(context: Context, source: Span) -> str | None:
    """Key of the entity at the source's head word ("spokesperson" in "a spokesperson for the council"), if any."""
    words = context.annotated.doc.char_span(*source, alignment_mode="expand") or ()
    inside = {t.i for t in words}
    head = next((t for t in words if t.head.i not in inside or t.head is t), None)
    if head is None:
        return None
    rows = _rows(context.mentions, (head.idx, head.idx + 1))
    best = max(rows, key=lambda row: row[1] - row[0], default=None)
    return best[2].key if best is not None else None


def _with_saying(
    context: Context, claim: ClaimFinding, made: Attribution, earlier: Sequence[ClaimFinding]
) -> ClaimFinding:
    """Date of the saying: the cue clause's own time, the venue's, the speaker's last, or publication."""
    time = _time_of_cue(context, made)
    venue = _venue(context, made)
    act = _act(context, claim)
    if venue is None and act is not None and act.lemma in lexicon().venues and _narrated(context, made):
        venue = act
    said = next((found.edtf for found in (time, venue, act) if found is not None and found.edtf is not None), None)
    claim = replace(
        claim,
        said=said,
        said_time=time.key if time is not None else None,
        made_in=venue.key if venue is not None else None,
    )
    if claim.said is None and _narrated(context, made):
        last = next(
            (c for c in reversed(earlier) if c.passage >= claim.passage - _NEAR and _same_speaker(c, claim)), None
        )
        if last is not None and (last.made_in or made.continues):
            return replace(claim, said=last.said, said_time=last.said_time, made_in=last.made_in)
    published = context.annotated.document.published
    if claim.said is None and published is not None and published.latest is not None:
        return replace(claim, said=Edtf(f"../{published.latest}"))
    return claim


def _narrated(context: Context, made: Attribution) -> bool:
    """Whether the saying is in the simple past, as one more of the same occasion ("has said" may be of any time)."""
    return made.cue is None or context.annotated.doc[made.cue].tag_ not in ("VBN", "VBP", "VBZ", "VB")


def _same_speaker(earlier: ClaimFinding, claim: ClaimFinding) -> bool:
    if earlier.speaker is not None and claim.speaker is not None:
        return earlier.speaker == claim.speaker
    return bool(claim.speaker_text) and (
        earlier.speaker_text == claim.speaker_text or claim.speaker_text.lower() in _PRONOUNS
    )


def _time_of_cue(context: Context, made: Attribution) -> TimeFinding | None:
    """Find the dated expression that hangs on the cue, outside of the content and of the source."""
    if made.cue is None:
        return None
    cue = context.annotated.doc[made.cue]
    sentence = cue.sent
    for time in context.times:
        if time.edtf is None or not sentence.start_char <= time.start < sentence.end_char:
            continue
        if _within(time.start, made.content) or _within(time.start, made.source):
            continue
        if _hangs_on(token_at(context.annotated.doc, time.start), cue):
            return time
    return None


def _venue(context: Context, made: Attribution) -> EventFinding | None:
    """Find the event, an interview or a post, that the cue clause says it was said in."""
    if made.cue is None:
        return None
    cue = context.annotated.doc[made.cue]
    for event in context.events_in((cue.sent.start_char, cue.sent.end_char)):
        for mention in event.mentions:
            word = token_at(context.annotated.doc, mention.start)
            outside = (
                word.i != cue.i and not _within(mention.start, made.content) and not _within(mention.start, made.source)
            )
            if outside and event.lemma in lexicon().venues and _hangs_on(word, cue):
                return event
    return None


def _act(context: Context, claim: ClaimFinding) -> EventFinding | None:
    """Find the event that the cue itself tells ("rejected the offer"): its date is that of the saying."""
    if claim.cue_span is None:
        return None
    cue = token_at(context.annotated.doc, claim.cue_span[0])
    # "rejected it, stating that …": one act
    spans = [claim.cue_span]
    if cue.tag_ == "VBG" and cue.dep_ in ("advcl", "conj"):
        spans.append((cue.head.idx, cue.head.idx + len(cue.head)))
    return next((e for span in spans for e in context.events_in(span) if e.edtf is not None), None)


def _hangs_on(word: Token, cue: Token) -> bool:
    """Whether the word belongs to the cue's own clause: no other clause lies between them."""
    for above in (word, *word.ancestors):
        if above is cue or above.i == cue.i:
            return True
        if above.dep_ in ("relcl", "ccomp", "advcl", "nsubj", "acl") and above is not word:
            return False
    return False


def _with_subject_matter(context: Context, claim: ClaimFinding, earlier: Sequence[ClaimFinding]) -> ClaimFinding:
    events = [e for span in claim.content for e in context.events_in(span) if e.key != claim.made_in]
    entities = [e for span in claim.content for e in context.entities_in(span)]
    text = " ".join(context.annotated.text[s:e] for s, e in claim.content)
    words = text.lower().split()
    if (
        earlier
        and not events
        and len(words) <= 4
        and words[0] in ("this", "that", "the", "such", "these", "same")
        and words[-1].rstrip("s") in lexicon().anaphors
    ):
        events = [e for e in context.events_in((0, len(context.annotated.text))) if e.key in earlier[-1].about_events]
        entities = [
            e for e in context.entities_in((0, len(context.annotated.text))) if e.key in earlier[-1].about_entities
        ]
    return replace(
        claim,
        about_events=tuple(dict.fromkeys(e.key for e in events)),
        about_entities=tuple(dict.fromkeys(e.key for e in entities)),
    )


def _polarity(made: Attribution, head: Token | None) -> Polarity:
    negated = made.force in DENIALS or (head is not None and any(c.dep_ == "neg" for c in head.children))
    if made.cue is not None and head is not None and any(c.dep_ == "neg" for c in head.doc[made.cue].children):
        negated = True
    return "negative" if negated else "positive"


def _modality(made: Attribution, head: Token | None) -> Modality:
    if made.force in DESIRES:
        return "desired"
    if head is None:
        return "asserted"
    auxiliaries = {c.lower_ for c in head.children if c.dep_ == "aux"}
    if auxiliaries & {"may", "might", "could"}:
        return "possible"
    if auxiliaries & {"must", "should", "ought"} or head.lemma_ in ("need",):
        return "necessary"
    conditional = any(c.dep_ == "advcl" and any(m.lower_ == "if" for m in c.children) for c in head.children)
    return "hypothetical" if "would" in auxiliaries and conditional else "asserted"


def _within(offset: int, spans: Sequence[Span]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _rows(rows: tuple[tuple[int, int, T], ...], span: Span) -> list[tuple[int, int, T]]:
    """Rows that share a character with the span; rows are sorted by start, and none is longer than _LONGEST."""
    low = bisect_left(rows, span[0] - _LONGEST, key=lambda row: row[0])
    high = bisect_left(rows, span[1], key=lambda row: row[0])
    return [row for row in rows[low:high] if span[0] < row[1]]


def _unique(rows: tuple[tuple[int, int, T], ...], span: Span) -> list[T]:
    found = [row[2] for row in _rows(rows, span) if span[0] <= row[0] and row[1] <= span[1]]
    return list({id(item): item for item in found}.values())
