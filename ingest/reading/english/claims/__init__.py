"""Claims: what the article reports somebody to have said, who said it, when, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from ingest.reading.annotate import Annotated
from ingest.reading.english.claims.context import Context, arrange
from ingest.reading.english.claims.cues import DENIALS, DESIRES, Attribution, lexicon
from ingest.reading.english.claims.labels import find_labelled
from ingest.reading.english.claims.quotation_places import place_quotations
from ingest.reading.english.claims.quoted import attribute
from ingest.reading.english.claims.quotes import find_quotations
from ingest.reading.english.claims.saying import with_saying
from ingest.reading.english.claims.scene import WEAK
from ingest.reading.english.claims.speakers import source_span
from ingest.reading.english.claims.speech import find_speech
from ingest.reading.english.events.salience import BACKGROUND
from ingest.reading.findings import ClaimFinding, EntityFinding, EventFinding, Span, TimeFinding
from kb.models import Modality, Polarity

_NEAR = 4  # passages within which a quotation without a cue is the last speaker's


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
    context = arrange(annotated, times, entities, events)
    claims: list[ClaimFinding] = []
    for attribution in find_attributions(annotated):
        claim = _claim(context, attribution, claims)
        if claim.source or not attribution.continues:
            claims.append(claim)
    return tuple(claims)


def find_attributions(annotated: Annotated) -> list[Attribution]:
    """Attributions of the parse in text order: labelled speech, quotations joined with their cues, indirect speech."""
    doc = annotated.doc
    labelled = find_labelled(doc, annotated.text)
    spoken = [(a.source[0][0] if a.cue is None and a.source else a.start, a.content[-1][1]) for a in labelled]
    quotations = [q for q in find_quotations(annotated.text) if not any(s < q.end and q.start < e for s, e in spoken)]
    direct = attribute(doc, place_quotations(doc, quotations))
    taken = frozenset(a.cue for a in (*labelled, *direct) if a.cue is not None and not a.runs_on)
    indirect = [a for a in find_speech(doc, quotations, taken) if not any(s <= a.start < e for s, e in spoken)]
    direct, indirect = _joined(direct, indirect)
    covered = [span for a in indirect for span in a.content if a.cue is not None]
    direct = [a for a in direct if _own(a) or not any(s <= a.start < e for s, e in covered)]
    return sorted((*labelled, *direct, *indirect), key=lambda a: (a.start, a.cue or 0))


def _joined(direct: list[Attribution], indirect: list[Attribution]) -> tuple[list[Attribution], list[Attribution]]:
    """Of a quotation and a clause with one cue keep the clause where it takes the quotation in, else the quotation."""
    clauses = {a.cue: a for a in indirect}
    whole = {a.cue for a in direct if a.runs_on and a.cue in clauses and _takes_in(clauses[a.cue], a)}
    partial = {a.cue for a in direct if a.cue is not None} - whole
    return [a for a in direct if a.cue not in whole], [a for a in indirect if a.cue is None or a.cue not in partial]


def _takes_in(clause: Attribution, quotation: Attribution) -> bool:
    first, last = quotation.start + len("that "), quotation.content[-1][1]
    return any(start <= first and last <= end for start, end in clause.content)


def _own(made: Attribution) -> bool:
    """Whether a quotation is told by a cue of its own, and not a word that somebody else's claim takes in passing."""
    return made.cue is not None and made.confidence > WEAK


def _claim(context: Context, made: Attribution, earlier: Sequence[ClaimFinding]) -> ClaimFinding:
    doc = context.annotated.doc
    cue = doc[made.cue] if made.cue is not None else None
    words = None if cue is None else doc[cue.i : cue.i + 1 + _with_link(cue, made)]
    claim = ClaimFinding(
        key=f"c{len(earlier) + 1}",
        content=made.content,
        passage=context.annotated.passage_at(made.start),
        direct=made.direct,
        source=made.source,
        cue=words.text if cue is not None and words is not None and not cue.is_punct else "",
        cue_span=(cue.idx, cue.idx + len(words.text)) if cue is not None and words is not None else None,
        force=lexicon().forces.get(made.force, "said"),
        polarity=_polarity(made, doc[made.head] if made.head is not None else None),
        modality=_modality(made, doc[made.head] if made.head is not None else None),
        confidence=made.confidence,
    )
    claim = _with_speaker(context, claim, made, earlier)
    claim = with_saying(context, claim, made, earlier)
    return _with_subject_matter(context, claim, earlier)


def _with_link(cue: Token, made: Attribution) -> bool:
    """Whether the word behind a cue belongs to it: "according to", "called | for | an inquiry"."""
    link = cue.nbor() if cue.i + 1 < len(cue.doc) else cue
    after = link.nbor().idx if link.i + 1 < len(cue.doc) else 0
    bound = link.dep_ in ("prep", "prt") and link.head == cue and any(start == after for start, _ in made.content)
    return cue.lower_ == "according" or bound


def _with_speaker(
    context: Context, claim: ClaimFinding, made: Attribution, earlier: Sequence[ClaimFinding]
) -> ClaimFinding:
    """Entity at the source's head; a quotation without a cue is the last speaker's."""
    if made.continues and not made.source:
        last = next((c for c in reversed(earlier) if c.source), None)
        if last is not None and claim.passage - last.passage <= _NEAR:
            return replace(claim, source=last.source, speaker=last.speaker, speaker_text=last.speaker_text)
        return _of_last_subject(context, claim) if last is None else claim
    if not made.source:
        return claim
    start, end = made.source[0]
    speaker = context.entity_named((start, end)) or _named_beside(context, (start, end))
    if speaker is None and made.cue is None:
        speaker = context.person_called(context.annotated.text[start:end])
    if speaker is not None and _its_people(context, (start, end), speaker):
        speaker = None
    return replace(claim, speaker=speaker, speaker_text=context.annotated.text[start:end])


def _its_people(context: Context, source: Span, speaker: str) -> bool:
    """“Serbs said”: people of a country, and not it; “the Serbs said” is it."""
    words = context.annotated.doc.char_span(*source, alignment_mode="expand")
    if words is None or words.root.tag_ not in ("NNS", "NNPS") or any(c.dep_ == "det" for c in words.root.children):
        return False
    return any(e.key == speaker and e.kind == "Place" for e in context.entities_in((source[0], source[1])))


def _named_beside(context: Context, source: Span) -> str | None:
    """The person whose name stands in apposition to an office: “the minister, Anna Lind, told reporters”."""
    words = context.annotated.doc.char_span(*source, alignment_mode="expand")
    if words is None or words.root.pos_ == "PROPN":
        return None
    beside = (c for c in words.root.rights if c.dep_ == "appos")
    named = ((c, context.entity_named((c.idx, c.idx + len(c)))) for c in beside)
    people = {e.key for e in context.entities_in((words.sent.start_char, words.sent.end_char)) if e.kind == "Person"}
    return next((who for c, who in named if who is not None and (c.pos_ == "PROPN" or who in people)), None)


def _of_last_subject(context: Context, claim: ClaimFinding) -> ClaimFinding:
    """A paragraph of speech that no verb of saying introduces is of the person whom the sentence before is about."""
    if not claim.passage:
        return claim
    before = context.annotated.passages[claim.passage - 1]
    subject = next((c for c in before.root.lefts if c.dep_ == "nsubj"), None)
    if subject is None or before.root.pos_ not in ("VERB", "AUX"):
        return claim
    who = context.entity_named((subject.idx, subject.idx + len(subject)))
    people = {e.key for e in context.entities_in((before.start_char, before.end_char)) if e.kind == "Person"}
    if who is None or who not in people:
        return claim
    span = source_span(subject)
    return replace(claim, source=(span,), speaker=who, speaker_text=context.annotated.text[slice(*span)])


def _with_subject_matter(context: Context, claim: ClaimFinding, earlier: Sequence[ClaimFinding]) -> ClaimFinding:
    events = [e for span in claim.content for e in context.events_in(span) if e.key != claim.made_in]
    entities = [e for span in claim.content for e in context.entities_in(span)]
    text = " ".join(context.annotated.text[s:e] for s, e in claim.content)
    words = text.lower().split()
    if (
        earlier
        and all(e.salience <= BACKGROUND for e in events)  # "this claim" is itself told in passing
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
