"""Whom "he" and "she" stand for: the fitting person that is nearest, a subject before an object.

The salience order of Lappin and Leass 1994, much reduced; nobody when two fit equally well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from ingest.reading.english.entities.candidate import Candidate
from ingest.reading.english.entities.excluded import excluded, speakers
from ingest.reading.english.entities.grouping import Group
from ingest.reading.english.entities.known.gazetteer import words

if TYPE_CHECKING:
    from ingest.reading.english.entities.coref import Discourse

MALE, FEMALE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
_LOOK_BACK = 4
"""Sentences before the pronoun's in which its antecedent may stand."""
_LED = 1.0  # for the subject of the clause above
_BESIDE = (
    2.0  # for the object of a clause beside it, where the pronoun is one: "called | him | a fool; Roe praised | him |"
)
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_LEFT_BEHIND = frozenset({"ashes", "ash", "remains", "corpse", "coffin", "funeral", "burial", "grave", "tomb", "killer",
                          "murderer", "assassin", "obituary", "estate", "widow", "widower"})  # fmt: skip
_JUDGING = frozenset({"fire", "sack", "dismiss", "oust", "remove", "suspend", "criticise", "criticize", "praise",
                      "blame", "attack", "denounce", "condemn", "defend", "thank", "replace", "pardon", "endorse",
                      "arrest", "charge", "jail", "convict", "ban", "expel", "acquit", "fine", "honour", "honor",
                      "rebuke", "reprimand", "disqualify", "clear"})  # fmt: skip
_DIED, _KILLED = frozenset({"die", "perish"}), frozenset({"kill", "murder", "assassinate", "shoot", "execute", "slay"})


def person_meant(discourse: Discourse, token: Token, starts: dict[int, tuple[Group, Candidate]]) -> Group | None:
    """The person that a pronoun stands for, whose gender is noted; None when two fit equally well.

    Arguments: what was mentioned so far; a pronoun of `MALE` or `FEMALE`; the group of each name by its first token.
    """
    gender = "male" if token.lower_ in MALE else "female"
    scores: dict[int, tuple[float, Group]] = {}
    blamed = _blamed(discourse, token)
    if blamed is not None and fits_person(blamed, gender):
        blamed.genders.add(gender)
        return blamed
    barred, speaking = excluded(discourse, token), speakers(discourse, token, starts)
    here = discourse.sentence_of[token.i]
    leading = _leading_subject(token)
    near = [(n, p) for n, p in enumerate(discourse.places) if here - p.sentence <= _LOOK_BACK]
    groups = {id(p.group): p.group for _, p in near}
    fitting = {key for key, group in groups.items() if fits_person(group, gender)} - barred - speaking
    for order, place in near:
        distance = here - place.sentence
        # whoever is quoted does not name himself in the third person
        if place.quoted and not discourse.quoted[token.i] and _cue_subject(token) and distance <= 1:
            continue
        if id(place.group) not in fitting:
            continue
        score = (3.0 if place.subject else 1.2) * 0.6**distance + order * 1e-4
        score += _LED * (place.root == leading)
        score += _BESIDE * (distance == 0 and token.dep_ == discourse.doc[place.root].dep_ == "dobj")
        known = scores.get(id(place.group), (0.0, place.group))[0]
        scores[id(place.group)] = (max(known, score) + 0.3 * min(known, score), place.group)
    fronted = (
        _answering(discourse, token, gender, starts)
        or _following_subject(discourse, token, gender, starts)
        or _object_before(discourse, token, gender)
    )
    group = fronted or _dead_owner(discourse, token, list(groups.values()), fitting) or _best(scores)
    if group is not None:
        group.genders.add(gender)
    return group


def _blamed(discourse: Discourse, token: Token) -> Group | None:
    """“Lind fired Roe, saying | he | had failed”: what is said in blame or praise is said of whom it is done to."""
    clause = token.head
    said = clause.head
    if token.dep_ not in _SUBJECT or clause.dep_ != "ccomp" or said.tag_ != "VBG" or said.dep_ != "advcl":
        return None
    deed = said.head
    if deed.lemma_.lower() not in _JUDGING or said.i < deed.i:
        return None
    whom = (c.i for c in deed.children if c.dep_ in ("dobj", "nsubjpass") and c.i < said.i)
    return next((g for i in whom if (g := discourse.owner.get(i)) is not None), None)


def _answering(
    discourse: Discourse, token: Token, gender: str, starts: dict[int, tuple[Group, Candidate]]
) -> Group | None:
    """“Asked whether | he | knew, Roe said no”: who was asked is who answers."""
    asked = next((t for t in token.ancestors if t.lower_ in ("asked", "pressed") and t.dep_ == "advcl"), None)
    if asked is None or token.dep_ not in _SUBJECT or token.head.head != asked or asked.i > asked.head.i:
        return None
    subjects = {c.i for c in asked.head.children if c.dep_ in _SUBJECT}
    found = (g for g, c in starts.values() if subjects & set(range(c.start, c.end)))
    return next((g for g in found if fits_person(g, gender)), None)


def _dead_owner(discourse: Discourse, token: Token, near: list[Group], fitting: set[int]) -> Group | None:
    """Whose ashes or killer is spoken of: of those who fit the only one who died or was killed in the lines before."""
    if token.dep_ != "poss" or not {token.head.lower_, token.head.lemma_.lower()} & _LEFT_BEHIND:
        return None
    dead = {id(p.group) for p in discourse.places if _is_dead(discourse.doc[p.root])}
    found = [g for g in near if id(g) in dead & fitting]
    return found[0] if len(found) == 1 else None


def _is_dead(name: Token) -> bool:
    deed = name.head.lemma_.lower()
    return (name.dep_ == "nsubj" and deed in _DIED) or (name.dep_ in {"nsubjpass", "dobj"} and deed in _KILLED)


def _leading_subject(token: Token) -> int:
    """The subject of the clause that a pronoun's own clause hangs on: "Roe urged them on when | he | came"; else -1.

    Source: centering ranks the subject of the clause first (Grosz, Joshi and Weinstein 1995).
    """
    clause = token.head
    if token.dep_ not in _SUBJECT or clause.dep_ != "advcl":
        return -1
    above = clause.head
    while above.dep_ == "xcomp" and not any(c.dep_ in _SUBJECT for c in above.children):
        above = above.head
    return next((c.i for c in above.children if c.dep_ in _SUBJECT and c.i < token.i), -1)


def _cue_subject(token: Token) -> bool:
    """Whether a pronoun is the subject of a verb of saying: “…,” he said."""
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in words("nouns", "human_verb")


def _best(scores: dict[int, tuple[float, Group]]) -> Group | None:
    ranked = sorted(scores.values(), key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < 0.3:
        return None
    clear = len(ranked) == 1 or ranked[0][0] >= ranked[1][0] * 1.05
    return ranked[0][1] if clear else None


def _following_subject(
    discourse: Discourse, token: Token, gender: str, starts: dict[int, tuple[Group, Candidate]]
) -> Group | None:
    """Find the subject after a fronted "In his speech, …", whomever the sentences before name."""
    if token.dep_ != "poss":
        return None
    for i in range(token.i + 1, token.sent.end):
        if i in starts and fits_person(starts[i][0], gender):
            c = starts[i][1]
            root = discourse.doc[c.start : c.end].root
            if root.dep_ in _SUBJECT and root.head.dep_ == "ROOT" and not root.is_ancestor(token):
                before = (t for t in token.ancestors if t.dep_ in {"prep", "advcl"} and t.i < root.i)
                return starts[i][0] if any(t.head.i == root.head.i for t in before) else None
    return None


def _object_before(discourse: Discourse, token: Token, gender: str) -> Group | None:
    """“Police arrested Roe and charged | him |”: the object of the verb that the pronoun's is joined to."""
    verb = token.head
    if token.dep_ != "dobj" or verb.dep_ != "conj" or any(c.dep_ in _SUBJECT for c in verb.children):
        return None
    objects = (c.i for c in verb.head.children if c.dep_ == "dobj" and c.i < token.i)
    found = (discourse.owner.get(i) for i in objects)
    return next((g for g in found if g is not None and fits_person(g, gender)), None)


def fits_person(group: Group, gender: str) -> bool:
    """Whether a group is one person of the gender, "male" or "female", or of one that is not known."""
    if group.kind != "Person" or group.subtype == "group":
        return False
    known = group.gender
    return known is None or known == gender
