"""Who and where in a title: short names, lists of them, and the place with the text's own word before it."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.events.finding.triggers import Trigger
from ingest.reading.events.who.participants import MentionIndex
from ingest.reading.findings import Participant

_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})
# the commonest family names of those who put them first (Chinese and Korean; Vietnamese are called by the given name)
_FAMILY_FIRST = frozenset(
    {
        "Xi", "Li", "Wang", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Hu", "Jiang", "Deng", "Mao",
        "Hua", "Qin", "Ma", "Zhu", "Lin", "He", "Guo", "Wen", "Bo", "Tsai", "Kim", "Park", "Moon", "Yoon", "Roh", "Choe"
    }
)  # fmt: skip
_PLACING = frozenset({"to", "from", "at", "near", "into", "on", "over"})


def names_in_roles(participants: Sequence[Participant], roles: tuple[str, ...], index: MentionIndex) -> list[str]:
    """Short names of those who have one of the roles, each once, in the order of the roles."""
    found = [p for role in roles for p in participants if p.role == role]
    # "U.S. officials" is told by the state too: the name is shorter
    named = [p for p in found if not index.by_key[p.entity].described and "patient" not in roles]
    short = (short_name(p.entity, index) for p in reversed(named or found))
    return list({name.casefold(): name for name in short}.values())[::-1]


def patient_names(participants: Sequence[Participant], index: MentionIndex) -> list[str]:
    """Names of those acted on; not the state that is only a part of another's name ("Russian banks")."""
    found = [p for p in participants if p.role == "patient"]
    wider = [m for p in found if index.by_key[p.entity].described for m in index.by_key[p.entity].mentions]
    own = [
        p
        for p in found
        if index.by_key[p.entity].described
        or not any(w.start <= m.start < w.end for w in wider for m in index.by_key[p.entity].mentions)
    ]
    return [short_name(p.entity, index) for p in own or found]


def short_name(key: str, index: MentionIndex) -> str:
    """The name the article itself uses for short, else a person's last name."""
    entity = index.by_key[key]
    if entity.kind != "Person" or entity.described:
        return entity.name
    words = entity.name.split()
    alone = [a for a in entity.aliases if " " not in a and a in words]
    if alone:
        return alone[0]
    kept = [w for w in words if w not in _SUFFIXES]
    if len(kept) in (2, 3) and kept[0] in _FAMILY_FIRST:
        return kept[0]
    return kept[-1] if len(kept) > 1 and len(kept[-1]) > 2 else entity.name


def listed(names: Sequence[str]) -> str:
    """Two names with a comma, more as "and others"."""
    return ", ".join(names[:2]) + (" and others" if len(names) > 2 else "")


def side_names(participants: Sequence[Participant], index: MentionIndex) -> list[str]:
    """The parties' names: states and organisations where there are two, else everybody."""
    parties = [p for p in participants if p.role in ("agent", "party", "speaker")]
    bodies = [p for p in parties if index.kind(p.entity) != "Person" and not index.by_key[p.entity].described]
    return [short_name(p.entity, index) for p in (bodies if len(bodies) > 1 else parties)]


def possessive(name: str) -> str:
    """The name as the owner of what follows: "Putin’s", "the United States’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def located(title: str, place: str | None, index: MentionIndex, trigger: Trigger | None = None) -> str:
    """The title with the place behind it, unless it names it already; after the trigger's own preposition, or "in"."""
    name = short_name(place, index) if place else ""
    if not name or name in title:
        return title
    return f"{title} {_preposition(trigger, place, index) if trigger else 'in'} {name}"


def _preposition(trigger: Trigger, place: str | None, index: MentionIndex) -> str:
    """The text's own word before the place: "flees to", "withdraws from"."""
    nouns = [w for w in (trigger.token.head, *trigger.token.head.rights) if trigger.nominal]
    words = (c for t in (trigger.token, trigger.verb, *nouns) for c in t.children)
    for prep in (c for c in words if c.dep_ == "prep"):
        for child in prep.children:
            mention = index.at(child)
            if mention is not None and mention[0] == place and prep.lower_ in _PLACING:
                return prep.lower_
    return "in"
