"""How clear a title is by itself, 0 to 1, so that the clearest over all tellings of an event can be shown."""

from __future__ import annotations

from ingest.reading.english.events.finding.headings import is_heading
from ingest.reading.english.events.merge import Told
from ingest.reading.english.events.titles.names import full_name
from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.findings import Participant

_JOINING = frozenset({"of", "on", "against", "to", "with", "for", "between", "from", "over"})
_WHO, _WHAT, _NAMES, _WHOLE, _SENTENCE, _FACT, _SHORT = 0.2, 0.2, 0.1, 0.15, 0.1, 0.1, 0.05
_FEW, _ENOUGH, _MANY = 3, 4, 60  # words of a title that say who and what; characters of one that is not long


def clarity(title: str, told: Told, participants: tuple[Participant, ...], index: MentionIndex) -> float:
    """How clear a title is.

    Rule, after what makes a sentence of an article understood without the others: 0.2 where it begins with who or what
    it is about and not with the verb; 0.2 where it says more than that something was done (four words or more; of what
    a noun tells, to whom or with whom: "’s decision in Norway" says no more than "’s decision"); 0.1 for
    the name of one that takes part, another 0.1 for a second; 0.15 where nothing of it is cut off; 0.1 where it comes
    from a full sentence, as the words of a heading are glued to what stands beside them; 0.1 where that is told as
    fact; up to 0.05 for being short, less from sixty characters on.

    Arguments: the title; the report that it is made of; who takes part in the event; the article's entities.
    """
    words, trigger = title.split(), told.trigger
    names = {full_name(index.by_key[p.entity]) for p in participants}
    present = sum(name in title for name in names)
    first = words[0].lower() if words else ""
    begins = trigger.token.lower_.startswith(first[:4]) if first else True
    says_who = not (begins and not trigger.nominal) and (len(words) >= _FEW or present > 0)
    score = _WHO * says_who + _WHAT * _says_what(words, told, present) + _NAMES * min(2, present)
    score += _WHOLE * (not title.endswith("…")) + _SENTENCE * _full_sentence(told)
    score += _FACT * (told.status in ("asserted", "alleged"))
    return round(score + _SHORT * min(1.0, _MANY / max(_MANY, 2 * len(title) - _MANY)), 3)


def _says_what(words: list[str], told: Told, names: int) -> bool:
    if not told.trigger.nominal:
        return len(words) >= _ENOUGH or names > 1
    sides = any(w.endswith(":") for w in words[1:]) and names > 1  # "Deal: X, Y" does not say what was agreed
    return sides or any("–" in w for w in words) or (len(words) >= _FEW and not _JOINING.isdisjoint(words))


def _full_sentence(told: Told) -> bool:
    """Whether a report stands in running text: with a full stop, no heading, and read as it stands."""
    sentence = told.trigger.token.sent
    ends = any(t.text in (".", "!", "?", "”", '"') for t in sentence[-2:])
    glued = any(t.is_space and "\n" in t.text for t in sentence[:-1])
    return ends and not glued and not told.trigger.misread and not is_heading(sentence)
