"""How far a finding may be trusted: by how many independent witnesses it has, and how often such findings are right.

The witnesses are a list of known names, the model's label, a title or a given name, and the article's own repetition.
Each sort's figure is the share of such findings that were right in hand-annotated news, in steps of five hundredths.
"""

from __future__ import annotations

from spacy.tokens import Doc

from ingest.reading.english.entities.candidate import TOWN
from ingest.reading.english.entities.evidence import closes_body
from ingest.reading.english.entities.grouping import Group
from ingest.reading.english.entities.names import is_given

_KIND_OF_LABEL = {"PERSON": "Person", "ORG": "Organization", "GPE": "Place", "LOC": "Place", "NORP": "Place"}
_RIGHT = {
    "list and model": 0.95,
    "list": 0.7,
    "form and repeated": 0.95,
    "form": 0.9,
    "model and repeated": 0.7,
    "model": 0.7,
    "single word": 0.5,
    "described": 0.65,
}


def confidence(doc: Doc, group: Group) -> float:
    """Share of findings with such witnesses that are right, between 0 and 1.

    Arguments: doc, the parse; group, a person, body or place with its mentions.
    """
    return _RIGHT[witnesses(doc, group)]


def witnesses(doc: Doc, group: Group) -> str:
    """Sort of evidence that a finding rests on."""
    if group.described:
        return "described"
    names = [c for c in group.members if c.form in {"name", "demonym"}]
    agrees = any(_KIND_OF_LABEL.get(t.ent_type_) == group.kind for c in names for t in doc[c.start : c.end])
    if group.known is not None:
        return "list and model" if agrees else "list"
    repeated = len(names) > 1
    called = any(c.label == TOWN for c in names)
    if called or _tells_kind(group, any(c.titled for c in names)):
        return "form and repeated" if repeated else "form"
    if agrees and (repeated or any(" " in name for name in group.names)):
        return "model and repeated" if repeated else "model"
    return "single word"


def _tells_kind(group: Group, titled: bool) -> bool:
    """Whether the name's own form says what it names: a title, a given name, a body's or a place's noun."""
    if group.kind == "Person":
        return titled or any(p.given and is_given(p.given[0]) for p in group.persons)
    return group.kind == "Organization" and any(" " in n and closes_body(n.split()[-1]) for n in group.names)
