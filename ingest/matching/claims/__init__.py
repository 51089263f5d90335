"""Which claims repeat, contradict or support each other, by their words, speakers and subjects; no doubtful ones.

Numbers and days that exclude each other, a negation, an opposite, another agent: exactly one such difference between
wordings that are otherwise the same makes a contradiction, after the types of M.-C. de Marneffe, A. Rafferty and
C. Manning, Finding Contradictions in Text, ACL 2008.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from ingest.matching.claims.content import Difference, Likeness, likeness
from ingest.matching.claims.wording import Wording, wording
from ingest.matching.claims.words import claim_words
from kb.edtf import Edtf
from kb.models import Force, Modality, Polarity
from kb.rarity import rarity

LinkKind = Literal["REPEATS", "CONTRADICTS", "SUPPORTS"]

_KEPT = 65_536  # profiles whose blocks are remembered
_RUN = 4  # content words side by side that two claims of different speakers share
_WORDY = 16  # content words of a claim that tells more than one thing
_FEW = 3  # content words that single a thing out without a shared subject
_CLEAR = 0.75  # share of the longer wording that must be common before one difference counts
_HALF = 0.5
_WEEK, _SEASON, _YEAR = 7, 92, 366  # days between two sayings: one incident's toll, a passing state, any state
_REPEATED = 8  # content words that two speakers do not choose alike: one quotation under two names

_SCORES = {"same-words": 0.95, "same": 0.9, "part": 0.8, "near": 0.7, "negation": 0.85, "opposite": 0.8, "number": 0.8,
           "date": 0.8, "agent": 0.75, "denial": 0.85, "verdict": 0.7, "confirmation": 0.7}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClaimProfile:
    """What a comparison knows of a claim.

    text: its normalText. speaker: entity id, None where unknown. about: ids of the events and entities it speaks of.
    """

    id: str
    text: str
    speaker: str | None
    about: frozenset[str]
    force: Force
    polarity: Polarity
    modality: Modality
    said: Edtf | None
    article: str

    @property
    def events(self) -> frozenset[str]:
        """Ids of the events that it speaks of."""
        return frozenset(id for id in self.about if id.startswith("event-"))


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """A relation from claim `start` to claim `end` (ids): score 0-1, reason for a reader, the rule that found it."""

    kind: LinkKind
    start: str
    end: str
    score: float
    reason: str
    method: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """The one said later and the other, with their words."""

    one: ClaimProfile
    other: ClaimProfile
    left: Wording
    right: Wording

    @property
    def shared(self) -> frozenset[str]:
        return self.one.about & self.other.about

    @property
    def one_event(self) -> bool:
        return bool(self.one.events & self.other.events)

    @property
    def one_article(self) -> bool:
        return self.one.article == self.other.article

    @property
    def one_speaker(self) -> bool:
        return self.one.speaker is not None and self.one.speaker == self.other.speaker

    @property
    def somebody(self) -> bool:
        """Whether it is known who said one of them; a contradiction is one whoever said the other."""
        return bool(self.one.speaker or self.other.speaker)

    @property
    def two_speakers(self) -> bool:
        return bool(self.one.speaker and self.other.speaker) and self.one.speaker != self.other.speaker


@lru_cache(maxsize=_KEPT)
def claim_blocks(profile: ClaimProfile) -> frozenset[str]:
    """Keys of which two linked claims share at least one; nothing else need be compared.

    Runs of three content words, unordered, for one speaker; of four whoever speaks; the rarer half of the words and one
    more, with one event, since who answers a claim takes up half of its words or more (prefix filtering: S. Chaudhuri,
    V. Ganti and R. Kaushik, ICDE 2006); all of a short claim; and one event within one article. A word stands for its
    opposites too. A long claim is found by its speaker or within its article alone: two speakers do not choose so many
    words alike.
    """
    kin = claim_words().kin
    stems = [kin.get(stem, stem) for stem in wording(profile.text).stems]
    keys = {f"{profile.article}|{event}" for event in profile.events}
    if profile.speaker:
        keys.update(f"{profile.speaker}|{run}" for run in _runs(stems, 3))
    if 1 < len(stems) < _RUN:
        keys.add(f"whole|{' '.join(sorted(stems))}")
    if len(stems) <= _WORDY:
        keys.update(f"words|{run}" for run in _runs(stems, _RUN))
        keys.update(f"sole|{tail}" for tail in _without_agent(stems))
        keys.update(f"{event}|{stem}" for event in profile.events for stem in _rarer_half(stems))
    return frozenset(f"claim|{key}" for key in keys)


def _runs(stems: list[str], length: int) -> set[str]:
    if length < 1:
        return set()
    return {" ".join(sorted(stems[i : i + length])) for i in range(len(stems) - length + 1)}


def _without_agent(stems: list[str]) -> set[str]:
    """All but the one or two words that name who did it, where only one can have done it."""
    if len(stems) <= _FEW or not any(claim_words().has("single_agent", stem) for stem in stems):
        return set()
    return {" ".join(sorted(stems[first:])) for first in (1, 2)}


def _rarer_half(stems: list[str]) -> list[str]:
    """The rarest content words: one at least is shared by any two claims that share half of the words of each."""
    ranked = sorted(set(stems), key=lambda stem: (-rarity(stem), stem))
    return ranked[: len(ranked) // 2 + 1]


def compare_claims(a: ClaimProfile, b: ClaimProfile) -> ClaimLink | None:
    """The relation of two claims, whichever is given first; None where there is none or it is doubtful.

    It leads from the claim said later to the earlier one (by id where the dates do not tell), from a denial or a
    confirmation to what it speaks of.
    """
    if a.id == b.id or not claim_blocks(a) & claim_blocks(b):
        return None
    one, other = sorted((a, b), key=_when, reverse=True)
    pair = _Pair(one, other, wording(one.text), wording(other.text))
    if _says_nothing(one, pair.left) or _says_nothing(other, pair.right):
        return None
    alike = likeness(pair.left, pair.right)
    return (_by_words(pair, alike) if alike else None) or _on_event(pair)


def _when(claim: ClaimProfile) -> tuple[str, str]:
    return ((claim.said.earliest or claim.said.latest or "") if claim.said else "", claim.id)


def _says_nothing(claim: ClaimProfile, words: Wording) -> bool:
    """Whether it only tells what somebody did not say: negative, though nothing in its words negates."""
    if claim.polarity == "positive" or _denies(claim, words) or words.negations:
        return not words.stems and not words.bare
    return True


def _denies(claim: ClaimProfile, words: Wording) -> bool:
    return claim_words().has("denying", claim.force) != words.denied


def _by_words(pair: _Pair, alike: Likeness) -> ClaimLink | None:
    """The relation of two claims with the same content."""
    differences = [d for d in alike.differences if d.kind != "denial"]
    if _denies(pair.one, pair.left) != _denies(pair.other, pair.right):
        differences.append(Difference("denial"))
    kinds = sorted(d.kind for d in differences)
    if not kinds or (kinds == ["denial", "negation"] and not alike.added):
        return _agreement(pair, alike, turned=bool(kinds))
    return _contradiction(pair, alike, differences[0]) if len(kinds) == 1 else None


def _agreement(pair: _Pair, alike: Likeness, *, turned: bool) -> ClaimLink | None:
    if alike.loose or (pair.one_article and (pair.one.text in pair.other.text or pair.other.text in pair.one.text)):
        return None
    same_words = pair.one.text == pair.other.text
    method = "same-words" if same_words else alike.form
    if pair.one_speaker:
        return None if turned else _repetition(pair, alike, method)
    enough = alike.shared >= _FEW or (alike.shared > 1 and (pair.one_event or pair.one_article))
    copied = alike.shared >= _REPEATED and alike.form != "part"
    if not pair.two_speakers or not enough or copied or alike.coverage < _CLEAR - 0.1 or not _comparable(pair):
        return None
    reason = {"part": "another speaker says the same, one of them more", "near": "another speaker says nearly the same"}
    return _link("SUPPORTS", pair, method, reason.get(method, "another speaker says the same"))


def _repetition(pair: _Pair, alike: Likeness, method: str) -> ClaimLink | None:
    one, other = pair.one, pair.other
    least = _FEW if alike.form == "part" or not pair.shared else 2
    forces = {force for force in (one.force, other.force) if not claim_words().has("assertive", force)}
    if pair.one_article or one.modality != other.modality or alike.shared < least:
        return None
    if len(forces) > 1 or (forces and one.force != other.force):
        return None
    if alike.form != "same" and _subjects_differ(pair):
        return None
    reasons = {"same-words": "the same words", "same": "the same content words", "part": "a part of the same words",
               "near": "nearly the same words"}  # fmt: skip
    return _link("REPEATS", pair, method, reasons[method])


def _contradiction(pair: _Pair, alike: Likeness, difference: Difference) -> ClaimLink | None:
    if not _comparable(pair) or not pair.somebody or alike.coverage < _CLEAR:
        return None
    if alike.added and difference.kind != "denial" and not (pair.one_event or _near_in_time(pair, _WEEK)):
        return None
    if not _opposed(pair, alike, difference):
        return None
    denier_first = difference.kind != "denial" or _denies(pair.one, pair.left)
    ordered = pair if denier_first else _Pair(pair.other, pair.one, pair.right, pair.left)
    reason = _reason(difference)
    if pair.one_speaker:
        reason = f"the same speaker reversed: {reason}"
    return _link("CONTRADICTS", ordered, difference.kind, reason)


def _opposed(pair: _Pair, alike: Likeness, difference: Difference) -> bool:
    """Whether both are said of one thing at one time, so that the difference is no mere change."""
    enough = alike.shared >= _FEW or pair.one_event or (alike.shared > 1 and (bool(pair.shared) or pair.one_article))
    words = claim_words()
    once = any(words.has("once", stem) for stem in pair.left.stems)
    match difference.kind:
        case "number":
            return (enough and (pair.one_event or pair.one_article)) or (
                alike.shared >= _FEW and _near_in_time(pair, _WEEK)
            )
        case "date":
            return pair.one_event or (once and alike.shared > 1)
        case "agent":
            sole = any(words.has("single_agent", stem) for stem in pair.left.stems)
            return sole and _subjects_differ(pair) and (pair.one_event or alike.shared >= _FEW)
        case "opposite":
            passing = not _lasting(pair)
            return enough and alike.form == "same" and not (passing and _far_apart(pair, _SEASON))
        case _:
            return enough and (pair.one_event or not _far_apart(pair, _YEAR))


def _lasting(pair: _Pair) -> bool:
    left, right = set(pair.left.stems), set(pair.right.stems)
    return any(frozenset((a, b)) in claim_words().lasting for a in left - right for b in right - left)


def _reason(difference: Difference) -> str:
    one, other = difference.one, difference.other
    match difference.kind:
        case "negation":
            return f"the same words but for “{one or other}”"
        case "opposite":
            return f"“{one}” where the other says “{other}”"
        case "agent":
            return f"a different agent, “{one}” where the other says “{other}”"
        case "denial":
            return "denies what the other says"
        case _:
            return f"{one} where the other says {other}"


def _on_event(pair: _Pair) -> ClaimLink | None:
    """A denial or a confirmation that tells less than the claim on the same event that it answers."""
    for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
        turned = _Pair(one, other, wording(one.text), wording(other.text))
        if _denies(one, turned.left) and not _denies(other, turned.right) and _answers(turned):
            reason = "denies what the other says of the same event"
            prefix = "the same speaker reversed: " if pair.one_speaker else ""
            return _link("CONTRADICTS", turned, "verdict", prefix + reason)
        if claim_words().has("agreeing", one.force) and pair.two_speakers and _answers(turned):
            return _link("SUPPORTS", turned, "confirmation", "confirms what the other says of the same event")
    return None


def _answers(pair: _Pair) -> bool:
    """Whether the first claim speaks of what the second asserts of their event, and of little else."""
    left, right = set(() if pair.left.bare else pair.left.stems), set(pair.right.stems)
    shared = left & right
    if not pair.one_event or not _comparable(pair) or pair.left.negations or pair.right.negations or pair.right.bare:
        return False
    if not pair.somebody or (pair.right.linking - pair.left.linking):
        return False
    if any(claim_words().has("embedding", stem) for stem in left ^ right):
        return False
    if pair.one_article and (pair.left.bare or left <= right):
        return pair.one.text not in pair.other.text and pair.one.events <= pair.other.events
    # To confirm a part is to confirm it; to deny a small part of what is said is to speak of something else.
    least = len(right) if _denies(pair.one, pair.left) else min(len(left), len(right))
    return len(shared) > 1 and len(shared) >= _HALF * least and not _exclude(pair)


def _exclude(pair: _Pair) -> bool:
    days = any(a.excludes(b) for a in pair.left.days for b in pair.right.days)
    return days or any(a.excludes(b) for a in pair.left.amounts for b in pair.right.amounts)


def _comparable(pair: _Pair) -> bool:
    """Whether both assert, of things that their pronouns, if any, do not hide."""
    claims, texts = (pair.one, pair.other), (pair.left, pair.right)
    words = claim_words()
    if not all(words.has("assertive", c.force) or words.has("denying", c.force) for c in claims):
        return False
    if {c.modality for c in claims} not in ({"asserted"}, {"necessary"}):
        return False
    if any(w.hedges["conditions"] or w.hedges["possibilities"] for w in texts):
        return False
    if not pair.one_speaker and any(w.first_person for w in texts):
        return False
    hidden = any(w.third_person for w in texts) and not pair.one_speaker
    return not hidden or (bool(pair.shared) and not _subjects_differ(pair))


def _subjects_differ(pair: _Pair) -> bool:
    """Whether each speaks of a person, organisation or place that the other does not speak of."""
    left, right = pair.one.about - pair.one.events, pair.other.about - pair.other.events
    return bool(left - right) and bool(right - left)


def _near_in_time(pair: _Pair, days: int) -> bool:
    gap = _days_between(pair)
    return gap is not None and gap <= days


def _far_apart(pair: _Pair, days: int) -> bool:
    gap = _days_between(pair)
    return gap is not None and gap > days


def _days_between(pair: _Pair) -> int | None:
    """Days from one saying to the other as their first possible days tell; None where one is unknown."""
    days = [claim.said.earliest or claim.said.latest for claim in (pair.one, pair.other) if claim.said]
    try:
        first, second = (date.fromisoformat(day) for day in days if day)
    except ValueError:  # a day is missing, or lies before the calendar's first year
        return None
    return abs((first - second).days)


def _link(kind: LinkKind, pair: _Pair, method: str, reason: str) -> ClaimLink:
    return ClaimLink(kind, pair.one.id, pair.other.id, _SCORES[method], reason, method)
