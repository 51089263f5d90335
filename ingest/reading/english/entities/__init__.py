"""Who, where and what: the persons, organisations, places and named things of an article, with every mention of each.

`candidates -> groups -> described -> coreference`: named spans are found and mended (mentions.py, listed.py), put
together by what they name (grouping.py, kinds.py), joined by unnamed sources (described.py), and by definite phrases
and pronouns (coref.py, neutral.py); each is given how far it may be trusted (confidence.py) and the mentions around and
inside its own ones (nested.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc

from ingest.reading.annotate import Annotated
from ingest.reading.english.entities.candidate import INTRODUCED, Candidate
from ingest.reading.english.entities.confidence import confidence
from ingest.reading.english.entities.coref import resolve_references
from ingest.reading.english.entities.grouping import Group, add_repeats, grouped, is_generic, short_name
from ingest.reading.english.entities.introduced import join_other_names
from ingest.reading.english.entities.known.gazetteer import plain, words
from ingest.reading.english.entities.mentions import candidates
from ingest.reading.english.entities.names import core, without_marks
from ingest.reading.english.entities.nested import add_nested
from ingest.reading.findings import EntityFinding, MentionFinding


def find_entities(annotated: Annotated) -> tuple[EntityFinding, ...]:
    """Persons, organisations, places and named things of one article.

    Arguments: annotated, a parsed document.
    Returns: findings with keys "n1", "n2", … by first mention; mentions in reading order, with character offsets.
    """
    doc = annotated.doc
    groups = grouped(doc, candidates(doc))
    join_other_names(doc, groups)
    add_repeats(doc, groups)
    groups = resolve_references(doc, groups)
    _drop_nested(groups)
    add_nested(doc, groups)
    groups.sort(key=lambda g: min(c.start for c in g.members))
    return tuple(_finding(doc, f"n{n}", group) for n, group in enumerate(groups, 1))


def _drop_nested(groups: list[Group]) -> None:
    """Let nothing stand inside a named one's nominal mention: "the Russian president" is Putin, and no Russia."""
    inside = {
        i
        for g in groups
        if not g.described
        for c in g.members
        if c.form == "nominal" and c.label != INTRODUCED
        for i in range(c.start, c.end)
    }
    for group in groups:
        group.members = [c for c in group.members if c.form == "nominal" or c.start not in inside]
    groups[:] = [group for group in groups if group.members]


def _mentions(doc: Doc, members: Iterable[Candidate]) -> tuple[MentionFinding, ...]:
    spans = [(doc[c.start : c.end], c.form) for c in sorted(members, key=lambda c: (c.start, -c.end))]
    return tuple(MentionFinding(s.start_char, s.end_char, s.text, form) for s, form in spans)  # type: ignore[arg-type]


def _finding(doc: Doc, key: str, group: Group) -> EntityFinding:
    known = group.known
    name = _name(group)
    mentions = _mentions(doc, group.members)
    forms = dict.fromkeys(re.sub(r"[\[\]]", "", plain(m.text)) for m in mentions if m.form == "name")
    forms |= dict.fromkeys(person.full for person in group.persons)
    latitude, longitude = known.at if known and known.at else (None, None)
    return EntityFinding(
        key=key,
        kind=group.kind,
        name=name,
        mentions=mentions,
        nested=_mentions(doc, group.nested),
        aliases=tuple(form for form in forms if form != name),
        subtype=group.subtype,
        described=group.described or is_generic(group),
        gazetteer=known.id if known else None,
        country=known.country if known else None,
        lat=latitude,
        lon=longitude,
        goes_by=None if known else short_name(group),
        confidence=confidence(doc, group),
    )


def _name(group: Group) -> str:
    if group.known and group.kind == "Place":
        # as the article spells it: "Copiapo", not "Copiapó"; "Nara", not "Nara-shi"
        canonical = without_marks(group.known.name)
        other = [n for n in group.names if n.casefold() != group.known.name.casefold()]
        spelt = (n for n in other if canonical in (without_marks(n), f"{without_marks(n)}-shi"))
        return next(spelt, group.known.name)
    if group.known:
        return group.known.name
    if group.described:
        return group.names[0]
    if group.kind == "Thing":
        shortest = min(group.names, key=len)
        return shortest[:-1] if shortest[:-1] in words("nouns", "product") else shortest
    return group.person.called if group.kind == "Person" else core(max(group.names, key=len))
