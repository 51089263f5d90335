"""What one event of an article says about another: a missing agent, the start of a war, the speech of a saying."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from ingest.reading.english.events.merge import Cluster, Told, own_name
from ingest.reading.english.events.settled import best_date
from ingest.reading.english.events.when.dates import ALONE, REPORTED, SHARED, Dating
from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.english.events.who.roles import CORE
from ingest.reading.findings import Participant
from kb.edtf import Edtf

_HOSTILE = frozenset({"ASSAULT", "COERCE"})
_WAGING = frozenset({"invade", "attack", "bomb", "fight", "war", "counterattack", "annex", "besiege", "strike"})
_LOCATED = frozenset({"ASSAULT", "COERCE", "CONSULT", "PROTEST", "RETREAT"})
_PLACING = frozenset({"in", "at", "of", "on", "near", "outside", "to"})
_STATEMENT_REACH = 8
_STAGES = frozenset({"sentence", "try court", "hear", "convict", "appeal", "acquit"})
_PROCEEDINGS = _STAGES | {"arrest", "charge", "plead", "jail", "accuse", "extradite"}
_TOLD = ("asserted", "alleged")
_OTHER_TIMES = frozenset({"until", "till", "before", "after", "since"})
_WORDS = frozenset({"CONSULT", "AGREE", "STATEMENT"})
_DOCKET = 4  # sentences between two stages of one proceeding


def complete(clusters: list[Cluster], index: MentionIndex) -> list[Cluster]:
    """Clusters with what the article's other events add to them. Changes and returns the list."""
    _fill_agents(clusters, index)
    _fill_sides(clusters, index)
    _fill_accused(clusters)
    _fill_definite_patients(clusters)
    _place_bare(clusters, index)
    _start_wars(clusters)
    nouns = {t.trigger.token.i: c for c in clusters for t in c.told if t.trigger.nominal}
    _fill_from_noun(clusters, nouns)
    _date_said_after(clusters, nouns)
    return _said_on_occasion(clusters)


def _date_said_after(clusters: list[Cluster], nouns: Mapping[int, Cluster]) -> None:
    """“…,” she told reporters after the meeting: about the day of the meeting, where the text tells no other."""
    for cluster in (c for c in clusters if c.told[0].trigger.event.saying):
        for at, told in enumerate(cluster.told):
            links = (p for p in told.trigger.verb.children if p.lower_ in ("after", "following") and p.dep_ == "prep")
            met = next((nouns[c.i] for p in links for c in p.children if c.dep_ == "pobj" and c.i in nouns), None)
            day = best_date(met) if met is not None and met is not cluster else None
            known = told.dating is not None and told.dating.confidence > REPORTED
            if day is not None and not known and day.confidence > REPORTED and "/" not in day.edtf:
                about = replace(day, edtf=Edtf(day.edtf.rstrip("~?%")).about(), confidence=ALONE)
                cluster.told[at] = replace(told, dating=about)


def _fill_from_noun(clusters: list[Cluster], nouns: Mapping[int, Cluster]) -> None:
    """Who has a part in what is postponed, begins or fails has it in that too: “the talks with Norway collapsed”."""
    for cluster in clusters:
        trigger = cluster.told[0].trigger
        if trigger.nominal or _by_role(cluster, "agent", "patient", "party", "speaker", "recipient"):
            continue
        told = [c.i for c in trigger.token.children if c.dep_ in ("nsubj", "nsubjpass", "dobj") and c.i in nouns]
        for one in (p for i in told[:1] for p in nouns[i].participants() if p.role in CORE and nouns[i] is not cluster):
            cluster.extra.append(Participant(one.role, one.entity, trigger.passage))


def _by_role(cluster: Cluster, *roles: str) -> list[str]:
    return [p.entity for p in cluster.participants() if p.role in roles]


def _fill_agents(clusters: list[Cluster], index: MentionIndex) -> None:
    """Let who acted against the same patient act here: "Russia annexed Crimea, but the invasion of Ukraine ..."."""
    known = [
        c
        for c in clusters
        if c.told[0].trigger.event.type in _HOSTILE and _by_role(c, "agent") and _by_role(c, "patient")
    ]
    for cluster in clusters:
        event = cluster.told[0].trigger.event
        judged = event.lemma in _STAGES  # whoever arrested somebody does not convict him
        if any(_has_doer(t) for t in cluster.told):
            continue  # "the army says it retook the town": somebody, whom no name tells
        if event.type not in _HOSTILE or event.durative or judged or _by_role(cluster, "agent"):
            continue
        patients = set(_by_role(cluster, "patient"))
        near = [c for c in known if patients & set(_by_role(c, "patient")) and _distance(c, cluster) <= 1]
        near = [c for c in near if c.told[0].trigger.event.lemma not in _STAGES]
        if near:
            agent = _by_role(near[0], "agent")[0]
            if agent not in patients:
                cluster.extra.append(Participant("agent", agent, cluster.told[0].trigger.passage))


def _has_doer(told: Told) -> bool:
    verb = told.trigger.token
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    return not told.trigger.nominal and any(
        c.dep_ == "agent" or (c.dep_ == "nsubj" and not passive) for c in verb.children
    )


def _distance(one: Cluster, other: Cluster) -> int:
    return min(abs(a.trigger.passage - b.trigger.passage) for a in one.told for b in other.told)


def _wars(clusters: list[Cluster]) -> list[Cluster]:
    """The wars that the article may be about; one with a name of its own ("the Cold War") is told to compare."""
    wars = (c for c in clusters if c.lemma == "war" and c.told[0].trigger.event.durative)
    return [war for war in wars if not any(own_name(told.trigger) for told in war.told)]


def _fill_sides(clusters: list[Cluster], index: MentionIndex) -> None:
    """The sides of a war that the article names only through what they did to each other."""
    for war in _wars(clusters):
        sides = {
            k for k in _by_role(war, "party", "agent", "patient", "location") if index.by_key[k].subtype == "country"
        }
        # "the war in the Donbas" is not the war between the states
        if any(index.by_key[k].subtype != "country" for k in _by_role(war, "location")):
            continue
        for cluster in clusters:
            agents, patients = _by_role(cluster, "agent"), _by_role(cluster, "patient")
            if cluster.lemma not in _WAGING or not agents or not patients or cluster is war:
                continue
            pair = {k for k in (agents[0], patients[0]) if index.by_key[k].subtype == "country"}
            apart = _years_apart(war, cluster)
            if len(pair) == 2 and (pair & sides or not sides) and len(sides | pair) <= 2 and not apart:
                war.extra += [Participant("party", key, war.told[0].trigger.passage) for key in sorted(pair - sides)]
                sides |= pair


def _years_apart(war: Cluster, deed: Cluster) -> bool:
    """Whether the war ended or began in another time than the deed: "since the war 50 years ago"."""
    told, done = best_date(war), best_date(deed)
    if told is None or done is None or told.edtf.latest is None or done.edtf.earliest is None:
        return False
    return int(done.edtf.earliest[:4]) - int(told.edtf.latest[:4]) > 1 if told.edtf.latest[:4].isdigit() else False


def _fill_accused(clusters: list[Cluster]) -> None:
    """Let the stages of one proceeding meet one person: “She pleaded guilty”, then “Sentencing is due in May”."""
    for cluster in clusters:
        trigger = cluster.told[0].trigger
        if cluster.lemma not in _STAGES or not trigger.nominal or _by_role(cluster, "agent", "patient", "party"):
            continue
        before = [c for c in clusters if c.lemma in _PROCEEDINGS and c is not cluster and c.told[0].status in _TOLD]
        near = [c for c in before if 0 <= trigger.passage - c.told[-1].trigger.passage <= _DOCKET]
        accused = [k for c in near for k in _by_role(c, "agent" if c.lemma == "plead" else "patient")]
        if len(set(accused)) == 1:
            cluster.extra.append(Participant("patient", accused[0], trigger.passage))


def _fill_definite_patients(clusters: list[Cluster]) -> None:
    """Let the parties of the deal spoken of before take part: "scuttled the deal"."""
    results = [c for c in clusters if c.told[0].trigger.event.result]
    for cluster in clusters:
        for told in cluster.told:
            for child in told.trigger.token.children:
                if child.dep_ not in ("dobj", "nsubjpass") or not any(
                    g.lower_ in ("the", "this", "that") for g in child.children if child.pos_ != "PROPN"
                ):
                    continue
                _join_parties(cluster, [c for c in results if c is not cluster], child.i, told.trigger.passage)


def _place_bare(clusters: list[Cluster], index: MentionIndex) -> None:
    """Where “the talks”, “the takeover” of which nothing else is told were: the place told of right before."""
    types = {t.trigger.token.i: t.trigger.event.type for c in clusters for t in c.told}
    for cluster in clusters:
        noun = cluster.told[0].trigger.token
        definite = any(c.lower_ in ("the", "this", "that", "these") for c in noun.children)
        trigger = cluster.told[0].trigger
        located = trigger.event.type in _LOCATED or trigger.event.lemma == "acquire"
        if not located or not trigger.nominal or trigger.passage == 0 or not definite or cluster.participants():
            continue
        of = (g for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children)
        if any(g.pos_ == "NOUN" and g.ent_type_ not in ("DATE", "TIME") for g in of):
            continue  # "the annexation of four regions" was where they are
        if any(a.lower_ in _OTHER_TIMES for a in noun.ancestors):
            continue  # "will stay in Turkey until the end of the war"
        others = frozenset(i for i, kind in types.items() if kind in _WORDS and kind != trigger.event.type)
        place = _place_before(noun, index, others, dated=cluster.told[0].dating is not None)
        town = place is not None and index.by_key[place].subtype not in ("country", "region")
        if place is not None and not (town and trigger.event.durative):  # a war is of no one town
            cluster.extra.append(Participant("location", place, cluster.told[0].trigger.passage))


def _place_before(noun: Token, index: MentionIndex, others: frozenset[int], *, dated: bool) -> str | None:
    """The last place that something was "in" or "at", in this sentence before the noun or in the two before it.

    In the noun's own sentence the last place of any is meant; what has a date of its own is not told of where the
    sentences before are. Where people talked (`others`, tokens) no attack was: “talks in France”.
    """
    first = max(0, noun.sent.start - (0 if dated else 70))
    for token in reversed(noun.doc[first : noun.i]):
        mention = index.at(token) if token.dep_ == "pobj" and token.head.lower_ in _PLACING else None
        here = token.i >= noun.sent.start or token.head.lower_ in ("in", "at")
        if token.head.head.i in others and token.head.head.pos_ == "NOUN":
            continue
        if mention is not None and here and mention[1] == "name" and index.kind(mention[0]) == "Place":
            return mention[0]
    return None


def _join_parties(cluster: Cluster, results: list[Cluster], token: int, passage: int) -> None:
    own = next((c for c in results if any(t.trigger.token.i == token for t in c.told)), None)
    if own is None:
        return
    before = [c for c in results if c.told[0].trigger.token.i < token and passage - c.told[-1].trigger.passage <= 3]
    for source in [own, *before[-1:]]:
        present = {p.entity for p in cluster.participants()}
        cluster.extra += [
            Participant("party", k, passage) for k in _by_role(source, "agent", "party") if k not in present
        ]


def _start_wars(clusters: list[Cluster]) -> None:
    """A war whose start the article tells roughly began with the dated invasion of one side by the other.

    Where no start is told but the war is spoken of as going on, the invasion is its start.
    """
    for war in _wars(clusters):
        sides = set(_by_role(war, "party", "agent", "patient", "location"))
        told = best_date(war)
        for attack in (c for c in clusters if c.lemma == "invade"):
            dating, actors = best_date(attack), set(_by_role(attack, "agent", "patient"))
            if dating is None or not actors & sides or dating.edtf.precision in ("open", "interval", "unknown"):
                continue
            start = Edtf(told.edtf.split("/")[0]) if told and told.edtf.endswith("/..") else None
            begun = dating.edtf.since()
            if begun and ((start is not None and start.contains(dating.edtf)) or (told is None and _goes_on(war))):
                _date_all(war, replace(dating, edtf=begun, confidence=SHARED))
                break


def _goes_on(war: Cluster) -> bool:
    words = {c.lower_ for t in war.told for c in t.trigger.token.children}
    return bool(words & {"ongoing", "current", "continuing"}) or any(t.trigger.phase == "end" for t in war.told)


def _date_all(cluster: Cluster, dating: Dating) -> None:
    cluster.told = [replace(t, dating=dating) if t.dating is None or t.edtf != dating.edtf else t for t in cluster.told]


def _said_on_occasion(clusters: list[Cluster]) -> list[Cluster]:
    """Sayings of a speaker that belong to the interview, speech or post just told become mentions of it."""
    occasions = [c for c in clusters if c.told[0].trigger.event.occasion]
    if not occasions:
        return clusters
    by_passage: dict[int, list[Told]] = defaultdict(list)
    for told in (t for c in clusters for t in c.told if t.dating is not None and not t.trigger.event.statement):
        by_passage[told.trigger.passage].append(told)
    kept: list[Cluster] = []
    for cluster in clusters:
        event = cluster.told[0].trigger.event
        host = _host(cluster, occasions, by_passage) if event.saying and not event.occasion else None
        if host is None:
            kept.append(cluster)
        else:
            date, said = best_date(host), best_date(cluster)
            if date is None and said is not None:
                # a speech was given on the day on which the report has it said
                date = replace(said, confidence=min(said.confidence, REPORTED))
                _date_all(host, date)
            host.sayings += [replace(t, dating=date or t.dating) for t in cluster.told]
    return kept


def _host(cluster: Cluster, occasions: list[Cluster], dated: Mapping[int, Sequence[Told]]) -> Cluster | None:
    told = cluster.told[0]
    # "has said" may be of any time, not of the interview told before
    perfect = any(c.lower_ in ("has", "have", "'ve", "’ve") for c in told.trigger.verb.children if c.dep_ == "aux")
    if perfect or told.trigger.verb.dep_ in ("relcl", "acl", "xcomp"):
        return None
    speakers = set(_by_role(cluster, "speaker"))
    if not speakers:
        return None
    for occasion in reversed(occasions):
        before = [t for t in occasion.told if t.trigger.passage <= told.trigger.passage]
        if not before or not speakers & set(_by_role(occasion, "speaker", "patient", "party", "agent")):
            continue
        if _belongs(told, before[-1]) and not _moved_on(told, before[-1], speakers, dated):
            return occasion
    return None


def _moved_on(saying: Told, occasion: Told, speakers: set[str], dated: Mapping[int, Sequence[Told]]) -> bool:
    """“Cancelled it in a letter on 24 May. On Tuesday he met him. … he said”: what he did later parts the two."""
    then = occasion.dating.edtf.latest if occasion.dating is not None else None
    between = range(occasion.trigger.passage + 1, saying.trigger.passage + 1) if then is not None else ()
    for other in (t for passage in between for t in dated.get(passage, ()) if t.trigger.start < saying.trigger.start):
        first = other.dating.edtf.earliest if other.dating is not None else None
        if (
            first is not None
            and then is not None
            and first > then
            and speakers & {p.entity for p in other.participants}
        ):
            return True
    return False


def _belongs(saying: Told, occasion: Told) -> bool:
    if (
        saying.dating is not None
        and occasion.dating is not None
        and saying.dating.time not in (None, occasion.dating.time)
    ):
        return False
    return saying.trigger.passage - occasion.trigger.passage <= _STATEMENT_REACH
