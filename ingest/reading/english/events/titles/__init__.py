"""Short titles, as an editor writes them: "Russia annexes Crimea", "Peace talks in Istanbul: Ukraine, Russia"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from ingest.reading.english.events.finding.senses import bearers
from ingest.reading.english.events.merge import Cluster, Told
from ingest.reading.english.events.titles.clarity import clarity
from ingest.reading.english.events.titles.clause_titles import clause_title
from ingest.reading.english.events.titles.names import listed, owned, patient_names, with_last_names
from ingest.reading.english.events.titles.noun_titles import interview_title, noun_title, war_title
from ingest.reading.english.events.titles.setting import Setting
from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.english.events.wording import phrase
from ingest.reading.findings import Participant

# "Iran and six powers reach deal to limit ..." says more than "Deal: Iran"
_CONCLUDING = frozenset({"reach", "sign", "strike", "seal", "broker", "mediate", "secure", "conclude"})
_LONGEST, _TRIED = 80, 3
_CLAUSE_WORDS = (11, 8, 6, 4, 0)  # of what is said or done inside a title: as many as there is room for


def title_of(
    cluster: Cluster, participants: Sequence[Participant], place: str | None, index: MentionIndex
) -> tuple[str, float]:
    """The clearest title that the reports of an event give, and how clear it is (`clarity`, 0 to 1).

    Of the reports that tell who takes part, those that name the most and are dated are tried, a few at most; not one
    that tells only how it ended. What it did may tell it best (“Explosion kills 12”).

    Arguments: its reports, its participants, key of its place, the article's entities.
    """
    whole = [told for told in cluster.told if told.trigger.phase != "end"]
    tried = sorted(whole or cluster.told, key=_fitness, reverse=True)[:_TRIED]
    tried += [told for told in cluster.outcomes if told.status in {t.status for t in tried}][:_TRIED]
    made = ((told, _fitted(told, participants, place, index)) for told in tried)
    rated = [(title, clarity(title, told, tuple(participants), index)) for told, title in made]
    return max(rated, key=lambda each: each[1])


def _fitted(told: Told, participants: Sequence[Participant], place: str | None, index: MentionIndex) -> str:
    """The title that one report gives: the fullest that is complete and has room, with last names if need be."""
    tried: list[str] = []
    for most in _CLAUSE_WORDS:
        title = _capital(_titled(told, Setting(participants, place, index, most)))
        for shown in (title, with_last_names(title, index)):
            if len(shown) <= _LONGEST and not shown.endswith(" …"):
                return shown
            tried.append(shown)
    cut = next((t for t in tried if len(t) <= _LONGEST), tried[-1])
    return cut if len(cut) <= _LONGEST else f"{cut[: _LONGEST - 1].rsplit(' ', 1)[0]} …"


def _capital(title: str) -> str:
    title = title.strip()
    return title if title[1:2].isupper() else title[:1].upper() + title[1:]  # "iPhone 4 launched"


def _titled(told: Told, setting: Setting) -> str:
    """The title that one report gives, of any length."""
    event, trigger, index = told.trigger.event, told.trigger, setting.index
    if event.durative and event.lemma == "war":
        return war_title(trigger, setting)
    if event.lemma == "interview":
        return interview_title(setting)
    if trigger.token.pos_ == "ADJ" and not trigger.misread:
        whose = listed(patient_names(told.participants or setting.participants, index)) or _whose(trigger.token, index)
        return f"{whose} {trigger.token.lower_}"
    if trigger.nominal and _concluded(told):
        return clause_title(replace(told, trigger=replace(trigger, token=trigger.verb, governor=None)), setting)
    if trigger.nominal:
        title = noun_title(told, setting)
        return f"no {title}" if told.status == "negated" else title
    return clause_title(told, setting)


def _concluded(told: Told) -> bool:
    """Whether the clause tells who brought it about: "Iran and six powers reached a deal"."""
    verb = told.trigger.governor
    kind = told.trigger.event.type == "AGREE" or told.trigger.event.lemma == "release"
    made = kind and verb is not None and verb.lemma_.lower() in _CONCLUDING and told.status == "asserted"
    return made and verb is not None and any(c.dep_ == "nsubj" for c in verb.children)


def _whose(adjective: Token, index: MentionIndex) -> str:
    nouns = (n for n in bearers(adjective) if n.pos_ in ("NOUN", "PROPN"))
    return next((owned(n, phrase(n, frozenset({adjective.i})), index) for n in nouns), "")


def _fitness(told: Told) -> tuple[bool | int, ...]:
    """How fit a report is to be tried: as the words of a title before what the title then says is weighed."""
    return (
        not _nominal_heading(told),
        bool(told.participants),
        not told.trigger.misread,
        told.dating is not None,
        len(told.participants),
        -told.trigger.token.i,
    )


def _nominal_heading(told: Told) -> bool:
    """A verb of a heading may be read as a noun ("Thousands march"), so that another sentence names it better."""
    return told.trigger.nominal and told.trigger.passage == 0
