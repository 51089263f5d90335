"""Many articles into an empty graph at once: the graph that ingest.graph.write makes of them one by one, sooner.

All comparisons are made in memory, over all articles, before anything is written; then each label and relationship type
is written in batches. Nothing here looks for what is in the graph already, so it serves to make graphs for measuring,
not to add to one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations, islice
from typing import Any

from ingest.graph.copies import sketch_properties
from ingest.graph.facts import RELATIONS, Facts
from ingest.graph.merge import edge_row
from ingest.graph.parts import relate_parts
from ingest.graph.rows import node_row, relation_rows
from ingest.graph.write import found_by
from ingest.matching.claims import ClaimProfile, claim_blocks, compare_claims
from ingest.matching.copies import Sketch, copy_blocks, is_copy, sketch
from ingest.matching.profiles import EntityProfile, EventProfile
from ingest.matching.stored import stored_profile
from ingest.matching.together import Settled, settled
from kb import checks
from kb.models import Entity, Event
from kb.shown.choice import show_entity, show_event
from kb.shown.tally import telling
from kb.store import Store
from kb.store.kept import recount
from kb.store.moments import now

Row = dict[str, Any]
BATCH, ARTICLES = 2000, 200  # rows in one statement, articles in one transaction

CREATE_ARTICLES = """UNWIND $rows AS row
CREATE (a:Article) SET a = row.article
CREATE (s:Snapshot) SET s = row.snapshot
CREATE (a)-[:HAS_SNAPSHOT {current: true}]->(s)
WITH s, row UNWIND row.passages AS passage
CREATE (s)-[:HAS_PASSAGE]->(p:Passage) SET p = passage"""

CREATE_NODES = "UNWIND $rows AS row CREATE (n:LABELS) SET n = row"

CREATE_RELATIONS = """UNWIND $rows AS row
MATCH (a:START {id: row.start}) MATCH (b:END {id: row.end})
CREATE (a)-[r:KIND]->(b) SET r = row.properties"""

CREATE_BLOCKS = "UNWIND $keys AS key CREATE (:Block {id: key})"

INTO_BLOCKS = """UNWIND $rows AS row
MATCH (n:LABEL {id: row[0]}) UNWIND row[1] AS key
MATCH (b:Block {id: key}) CREATE (n)-[:IN_BLOCK]->(b)"""


@dataclass
class _Survey:
    """What all articles say, as far as one article's place in the graph depends on the others."""

    profiles: dict[str, EntityProfile | EventProfile] = field(default_factory=dict)
    nodes: dict[str, Row] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    said: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    claims: list[tuple[Any, str, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    sketches: dict[str, Sketch] = field(default_factory=dict)
    publishers: dict[str, str] = field(default_factory=dict)
    published: dict[str, str | None] = field(default_factory=dict)

    def add(self, facts: Facts) -> None:
        """Take one article in."""
        article = facts.article.id
        self.profiles.update({p.id: p for p in facts.profiles})
        nodes: tuple[Entity | Event, ...] = (*facts.entities, *facts.events)
        for node in nodes:
            self.nodes.setdefault(node.id, found_by(node))
        self.kinds.update({e.id: f"Entity:{e.kind}" for e in facts.entities} | {e.id: "Event" for e in facts.events})
        ends: dict[tuple[str, str], list[str]] = defaultdict(list)
        for relation in facts.relations:
            ends[relation.type, relation.start].append(relation.end)
        for kind in ("NAMES", "TELLS"):
            for row in relation_rows(facts, {}).get((kind, "Entity" if kind == "NAMES" else "Event"), ()):
                self.said[row["end"]].append(row["properties"])
        for claim in facts.claims:
            made, about = (tuple(ends[kind, claim.id]) for kind in ("MADE_BY", "ABOUT"))
            self.claims.append((claim, article, made, about))
        self.sketches[article] = sketch(facts.snapshot.text)
        self.publishers[article] = facts.article.publisher
        self.published[article] = facts.article.published_earliest


def load(store: Store, make: Callable[[], Iterable[Facts]], run: str) -> int:
    """Write articles into an empty graph; returns how many.

    Arguments: the open store; make, called twice, gives the same articles each time, no two of one text, each with a
    profile for each of its referents; the id of the IngestRun. Raises: StoreError.
    """
    survey = _Survey()
    for facts in make():
        survey.add(facts)
    entities, events = settled(survey.profiles.values())
    canonical = {**entities.canonical, **events.canonical}
    links, groups = _copies(survey.sketches)
    _write_referents(store, survey, entities, events, groups)
    claims = [_claim_profile(*each, canonical) for each in survey.claims]
    _write_blocks(store, survey, (entities, events), claims)
    _create(store, "IngestRun", [{"id": run}])
    count = 0
    for some in _batches(make(), ARTICLES):
        _write_articles(store, some, survey, canonical, groups, run)
        count += len(some)
    _relate(store, "NEAR_DUPLICATE_OF", "Article", "Article", links)
    _write_claim_links(store, claims)
    _relate_parts(store, events)
    recount(store)
    checks.recount(store)
    return count


def _relate_parts(store: Store, events: Settled) -> None:
    for some in _batches(sorted(set(events.canonical.values())), BATCH):
        store.write(partial(relate_parts, ids=some, now=now()))


def _copies(sketches: Mapping[str, Sketch]) -> tuple[list[Row], dict[str, str]]:
    """The links between copies, and the group of each article."""
    rooms: dict[str, list[str]] = defaultdict(list)
    groups = {article: {article} for article in sketches}
    links: list[Row] = []
    for article, made in sketches.items():
        blocks = copy_blocks(made)
        for other in sorted({other for block in blocks for other in rooms[block]}):
            score = is_copy(made, sketches[other])
            if score is not None:
                links.append({"start": max(article, other), "end": min(article, other), "properties": {"score": score}})
                joined = groups[article] | groups[other]
                groups.update(dict.fromkeys(joined, joined))
        for block in blocks:
            rooms[block].append(article)
    return links, {article: min(joined) for article, joined in groups.items()}


def _write_referents(
    store: Store, survey: _Survey, entities: Settled, events: Settled, groups: Mapping[str, str]
) -> None:
    """All referents, showing what is told of all that is merged into them, with what they resemble."""
    for label, found, profiled in (("Entity", entities, survey.nodes), ("Event", events, survey.nodes)):
        members: dict[str, list[str]] = defaultdict(list)
        for id, canonical in found.canonical.items():
            members[canonical].append(id)
        rows: dict[str, list[Row]] = defaultdict(list)
        for id, canonical in sorted(found.canonical.items()):
            shown = (_shown(label, members[id], survey, groups) if id == canonical
                     else {"expiredAt": "merged", "canonical": canonical})  # fmt: skip
            own = {"profile": stored_profile(survey.profiles[id]), "blocks": sorted(found.blocks[id]), "live": True}
            rows[survey.kinds[id]].append({**profiled[id], **own, **shown})
        for labels, listed in rows.items():
            _create(store, labels, listed)
        merged = [{"start": id, "end": canonical, "properties": {}} for id, canonical in found.canonical.items()
                  if id != canonical]  # fmt: skip
        _relate(store, "MERGED_INTO", label, label, merged)
        edges = [edge_row(*pair, judgement) for pair, judgement in found.judged.items()]
        kept = ("digest", "verdict", "score", "reason")
        _relate(store, "RESEMBLES", label, label, [{
            "start": edge["one"], "end": edge["other"], "properties": {**{k: edge[k] for k in kept}, "live": True},
        } for edge in edges])  # fmt: skip


def _shown(label: str, members: Sequence[str], survey: _Survey, groups: Mapping[str, str]) -> Row:
    said = [row for id in members for row in survey.said[id]]
    if label == "Entity":
        optional = dict.fromkeys(("aliases", "subtype", "country", "lat", "lon"))
        return dict(show_entity([{**optional, **row} for row in said], {}).properties)
    told = [telling(row, row["articleId"], groups[row["articleId"]], survey.publishers[row["articleId"]],
                    survey.published[row["articleId"]])
            for row in said]  # fmt: skip
    return dict(show_event(told, {}).properties)


def _claim_profile(
    claim: Any, article: str, made: Sequence[str], about: Sequence[str], canonical: Mapping[str, str]
) -> ClaimProfile:
    return ClaimProfile(
        id=claim.id, text=claim.normal_text, speaker=min((canonical[id] for id in made), default=None),
        about=frozenset(canonical[id] for id in about), force=claim.force, polarity=claim.polarity,
        modality=claim.modality, said=claim.said, article=article,
    )  # fmt: skip


def _write_blocks(store: Store, survey: _Survey, compared: Sequence[Settled], claims: Sequence[ClaimProfile]) -> None:
    """All blocks, and what of the referents lies in them; articles and claims go into theirs as they are written."""
    keys = {key for found in compared for listed in found.blocks.values() for key in listed}
    keys.update(key for claim in claims for key in claim_blocks(claim))
    keys.update(key for made in survey.sketches.values() for key in copy_blocks(made))
    for some in _batches(sorted(keys), BATCH):
        store.execute(CREATE_BLOCKS, keys=some)
    for label, found in zip(("Entity", "Event"), compared, strict=True):
        _into_blocks(store, label, found.blocks)


def _into_blocks(store: Store, label: str, blocks: Mapping[str, Iterable[str]]) -> None:
    for some in _batches(((id, sorted(listed)) for id, listed in blocks.items() if listed), ARTICLES):
        store.execute(INTO_BLOCKS.replace("LABEL", label), rows=some)


def _write_articles(
    store: Store, some: Sequence[Facts], survey: _Survey, canonical: Mapping[str, str], groups: Mapping[str, str],
    run: str,
) -> None:  # fmt: skip
    rows: list[Row] = []
    times: list[Row] = []
    claims: list[Row] = []
    relations: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for facts in some:
        article = facts.article.id
        rows.append({
            "article": {**node_row(facts.article), "sourceGroup": groups[article]},
            "snapshot": {**facts.snapshot.properties(), **sketch_properties(survey.sketches[article])},
            "passages": [node_row(passage) for passage in facts.passages],
        })  # fmt: skip
        times += [{**node_row(time), "articleId": article} for time in facts.times]
        claims += [{**node_row(claim), "articleId": article} for claim in facts.claims]
        for key, listed in relation_rows(facts, canonical).items():
            relations[key] += [_standing(row, facts.article.fingerprint) for row in
                               {row["digest"]: row for row in listed}.values()]  # fmt: skip
    for part in _batches(rows, 50):
        store.execute(CREATE_ARTICLES, rows=part)
    _create(store, "TimeExpression", times)
    _create(store, "Claim", claims)
    for (kind, end), listed in relations.items():
        _relate(store, kind, RELATIONS[kind].start, end, listed)
    _into_blocks(store, "Article", {f.article.id: copy_blocks(survey.sketches[f.article.id]) for f in some})
    _relate(store, "RECORDED_BY", "Article", "IngestRun",
            [{"start": f.article.id, "end": run, "properties": {}} for f in some])  # fmt: skip


def _standing(row: Row, fingerprint: str) -> Row:
    said = {**row["properties"], "digest": row["digest"], "live": True, "fingerprint": fingerprint}
    return {"start": row["start"], "end": row["end"], "properties": said}


def _write_claim_links(store: Store, claims: Sequence[ClaimProfile]) -> None:
    _into_blocks(store, "Claim", {claim.id: claim_blocks(claim) for claim in claims})
    rooms: dict[str, list[ClaimProfile]] = defaultdict(list)
    for claim in claims:
        for key in claim_blocks(claim):
            rooms[key].append(claim)
    pairs = {(a.id, b.id): (a, b) for room in rooms.values()
             for a, b in combinations(sorted(room, key=lambda c: c.id), 2)}  # fmt: skip
    links: dict[str, list[Row]] = defaultdict(list)
    for pair in pairs.values():
        if link := compare_claims(*pair):
            links[link.kind].append({
                "start": link.start, "end": link.end,
                "properties": {"score": link.score, "method": link.method, "reason": link.reason},
            })  # fmt: skip
    for kind, listed in links.items():
        _relate(store, kind, "Claim", "Claim", listed)


def _create(store: Store, labels: str, rows: Iterable[Row]) -> None:
    for some in _batches(rows, BATCH):
        store.execute(CREATE_NODES.replace("LABELS", labels), rows=some)


def _relate(store: Store, kind: str, start: str, end: str, rows: Iterable[Row]) -> None:
    statement = CREATE_RELATIONS.replace("START", start).replace("KIND", kind).replace(":END", f":{end}")
    for some in _batches(rows, BATCH):
        store.execute(statement, rows=some)


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    ahead = iter(items)
    while some := list(islice(ahead, size)):
        yield some
