"""Headings in title case, parsed as the sentences they are.

"US Rejects Offer" looks like one long name to a parser that learned from running text. Restoring the case that the
words have elsewhere ("truecasing": Lita, Ittycheriah, Roukos & Kambhatla, ACL 2003) and parsing that gives the verb
its subject again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from ingest.reading.annotate import Annotated, model
from ingest.reading.english.events.finding.lexicon import event_lexicon

_COPIED: list[int | str] = ["HEAD", "DEP", "TAG", "POS", "LEMMA", "MORPH", "SENT_START"]
_KEPT: list[int | str] = ["SPACY", "ENT_IOB", "ENT_TYPE"]


def is_heading(sentence: Span) -> bool:
    """Whether a sentence is in title case and has no full stop."""
    known = sentence.doc.user_data  # asked of one sentence for each two events
    key = f"heading {sentence.start} {sentence.end}"
    if key not in known:
        words = [t for t in sentence if t.is_alpha and len(t) > 3]
        capital = sum(t.text[0].isupper() for t in words)
        known[key] = sentence[-1].text not in '.!?”"' and len(words) > 1 and capital > 0.7 * len(words)
    return bool(known[key])


def with_headings_parsed(annotated: Annotated) -> Annotated:
    """The document with the parse of its title-case headings mended; itself when it has none. Offsets do not change."""
    headings = [p for p in _paragraphs(annotated) if is_heading(p)]
    if not headings:
        return annotated
    cases = _cases(annotated.doc, headings)
    attributes = _COPIED + _KEPT
    rows = annotated.doc.to_array(attributes)
    for heading in headings:
        parsed = model()("".join(_restored(t, cases) + t.whitespace_ for t in heading))
        if len(parsed) == len(heading):
            rows[heading.start : heading.end, : len(_COPIED)] = parsed.to_array(_COPIED)
    mended = Doc(
        annotated.doc.vocab, words=[t.text for t in annotated.doc], spaces=[bool(t.whitespace_) for t in annotated.doc]
    )
    mended.from_array(attributes, rows)  # type: ignore[arg-type]  # spaCy's stub wants an array type of its own
    return replace(annotated, doc=mended, passages=tuple(mended[p.start : p.end] for p in annotated.passages))


def _paragraphs(annotated: Annotated) -> list[Span]:
    """Runs of tokens between line breaks: a heading that the parser cut in two is one again."""
    doc, found, start = annotated.doc, [], 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if token.i > start:
                found.append(doc[start : token.i])
            start = token.i + 1
    return [*found, doc[start : len(doc)]] if start < len(doc) else found


def _cases(doc: Doc, headings: list[Span]) -> Counter[str]:
    """How often each form stands in running text, where its case tells whether it is a name."""
    inside = {t.i for h in headings for t in h}
    return Counter(t.text for t in doc if t.i not in inside and t.is_alpha and not t.is_sent_start)


def _restored(token: Token, cases: Counter[str]) -> str:
    if not token.text[:1].isupper() or token.is_upper or token.i == 0:
        return token.text
    lower, lexicon = token.lower_, event_lexicon()
    if cases[token.text] != cases[lower]:
        return token.text if cases[token.text] > cases[lower] else lower
    known = (
        token.is_stop
        or lower in lexicon.past_forms
        or _verb_form(lower)
        or lower in lexicon.nouns
        or lower.removesuffix("s") in lexicon.nouns
    )
    return lower if known or not token.ent_type_ else token.text


def _verb_form(word: str) -> bool:
    verbs = event_lexicon().verbs
    return word in verbs or word.removesuffix("s") in verbs or word.removesuffix("es") in verbs
