"""The graph as it was recorded at a moment: what was stated, merged and decided then, not what is now.

Statements and merges are never changed, only ended, so a statement's time tells which held. What an event showed is
chosen anew by the rules of kb.shown.choice from what was told of it then; its copies are counted as they are known now.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from kb.ask.kept.present import Now
from kb.ask.rows import Record
from kb.models import YEAR_GUESSED
from kb.shown.choice import DIFFER, EDITABLE, OTHERS, show_event
from kb.shown.tally import telling
from kb.store import Store


def _held(name: str) -> str:
    return f"({name}.createdAt <= $asOf AND ({name}.expiredAt IS NULL OR {name}.expiredAt > $asOf))"


CANONICAL = f"""MATCH (n:Event {{id: $id}})
OPTIONAL MATCH (n)-[m:MERGED_INTO]->(c:Event) WHERE {_held("m")}
RETURN coalesce(c.id, n.id) AS id"""

MEMBERS = f"""MATCH (n:Event)-[m:MERGED_INTO]->(:Event {{id: $id}}) WHERE {_held("m")}
RETURN n.id AS id"""

_TOLD = f"""WHERE {_held("t")}
OPTIONAL MATCH (n)-[m:MERGED_INTO]->(c:Event) WHERE {_held("m")}
RETURN coalesce(c.id, n.id) AS id, properties(t) AS told, a.id AS article,
  coalesce(a.sourceGroup, a.id) AS source_group, coalesce(a.publisher, '') AS publisher,
  a.publishedEarliest AS published"""

TOLD = f"MATCH (n:Event)<-[t:TELLS]-(a:Article) {_TOLD}"

TOLD_OF = f"UNWIND $ids AS wanted MATCH (n:Event {{id: wanted}})<-[t:TELLS]-(a:Article) {_TOLD}"

DECIDED = f"""MATCH (n:Event)<-[:JUDGES]-(d:Decision)
WHERE d.kind IN ['edit', 'reject'] AND d.at <= $asOf AND (d.revokedAt IS NULL OR d.revokedAt > $asOf)
OPTIONAL MATCH (n)-[m:MERGED_INTO]->(c:Event) WHERE {_held("m")}
RETURN coalesce(c.id, n.id) AS id, d.kind AS kind, d.field AS field, d.value AS value ORDER BY d.at, d.id"""

WITH_ENTITY = f"""MATCH (x:Entity {{id: $entity}})-[r:PARTICIPATED_IN|LOCATED_IN]-(e:Event) WHERE {_held("r")}
RETURN DISTINCT e.id AS id, type(r) AS relation"""

PARTS_OF = f"""MATCH (e:Event)-[r:PART_OF]->(:Event {{id: $whole}}) WHERE {_held("r")} RETURN DISTINCT e.id AS id"""

WHOLES = f"""UNWIND $ids AS wanted
MATCH (:Event {{id: wanted}})-[r:PART_OF]->(w:Event) WHERE r.inferred = true AND {_held("r")}
RETURN wanted AS id, w.id AS whole_id, w.title AS whole"""

DATE_RULES = f"""UNWIND $ids AS wanted
MATCH (:Event {{id: wanted}})-[r:DATED_BY]->(t:TimeExpression) WHERE {_held("r")}
RETURN DISTINCT wanted AS id, t.edtf AS edtf, t.rule AS rule"""

SAYING = f"""MATCH (e:Event)-[r:REPORTED_IN]->(p:Passage) WHERE toLower(p.text) CONTAINS $text AND {_held("r")}
RETURN DISTINCT e.id AS id"""

SETTING = f"""UNWIND $ids AS wanted
MATCH (e:Event {{id: wanted}})-[r:PARTICIPATED_IN|LOCATED_IN]-(x:Entity) WHERE {_held("r")}
RETURN DISTINCT wanted AS id, type(r) AS relation, x.name AS name, labels(x) AS labels"""


class Past:
    """A store as it was at a moment, for reading alone; what asks a Store with `run` may ask this instead."""

    def __init__(self, store: Store, moment: str) -> None:
        self._store, self.moment = store, moment
        self.uri = store.uri

    def run(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        """Fetch the rows of a reading statement as they were then. Raises: as Store.run."""
        held = re.sub(r"\b(\w+)\.expiredAt IS NULL", lambda found: _held(found.group(1)), cypher)
        held = held.replace("h.current = true", _held("h"))
        return self._store.run(held, **params, asOf=self.moment)

    def canonical(self, event: str) -> str | None:
        """The id of the event that stood for this one then; None when there was none."""
        found = [row["id"] for row in self._store.run(CANONICAL, id=event, asOf=self.moment)]
        return str(found[0]) if found else None

    def events(self, wanted: Mapping[str, Any], *, dated: bool, limit: int) -> list[dict[str, Any]]:
        """Events as a timeline shows them, most important first.

        Arguments: wanted, the parameters of EventFilter; dated, those with a date that touches the span, or those
        without one; limit, most rows. Raises: StoreError.
        """
        found = [row for row in self._shown(None) if _passes(row, wanted, dated)]
        for allowed in self._allowed(wanted):
            found = [row for row in found if row["id"] in allowed]
        found.sort(key=lambda row: (-row["importance"], row["id"]))
        return self._with_setting(found[:limit])

    def event(self, id: str) -> dict[str, Any] | None:
        """One event as it was shown then; None when it was not. Arguments: its canonical id then."""
        members = [row["id"] for row in self._store.run(MEMBERS, id=id, asOf=self.moment)]
        return next(iter(self._with_setting(self._shown([id, *members]))), None)

    def _shown(self, referents: Sequence[str] | None) -> list[dict[str, Any]]:
        told: dict[str, list[Record]] = defaultdict(list)
        rows = (self._store.run(TOLD, asOf=self.moment) if referents is None
                else self._store.run(TOLD_OF, ids=list(referents), asOf=self.moment))  # fmt: skip
        for row in rows:
            told[row["id"]].append(
                telling(row["told"], row["article"], row["source_group"], row["publisher"], row["published"])
            )
        edits: dict[str, list[Record]] = defaultdict(list)
        for row in self._store.run(DECIDED, asOf=self.moment):
            edits[row["id"]].append(row)
        found = []
        for id, tellings in told.items():
            ruled = edits.get(id, [])
            values = {r["field"]: r["value"] for r in ruled if r["field"] in (*EDITABLE["Event"], "edtf")}
            shown = show_event(tellings, values, rejected=any(r["kind"] == "reject" for r in ruled))
            if shown.alive:
                found.append({"id": id, **shown.properties})
        return found

    def _allowed(self, wanted: Mapping[str, Any]) -> list[set[str]]:
        """The events that pass each filter that only the graph can answer."""
        allowed = []
        for name, relations in (("entity", {"PARTICIPATED_IN", "LOCATED_IN"}), ("place", {"LOCATED_IN"})):
            if wanted[name]:
                rows = self._store.run(WITH_ENTITY, entity=wanted[name], asOf=self.moment)
                allowed.append({row["id"] for row in rows if row["relation"] in relations})
        if wanted["whole"]:
            rows = self._store.run(PARTS_OF, whole=wanted["whole"], asOf=self.moment)
            allowed.append({row["id"] for row in rows})
        if wanted["text"]:
            rows = self._store.run(SAYING, text=wanted["text"], asOf=self.moment)
            titled = {row["id"] for row in self._shown(None) if wanted["text"] in row["title"].lower()}
            allowed.append({row["id"] for row in rows} | titled)
        return allowed

    def _with_setting(self, rows: Sequence[Record]) -> list[dict[str, Any]]:
        places: dict[str, set[str]] = defaultdict(set)
        names: dict[tuple[str, str], set[str]] = defaultdict(set)
        ids = [row["id"] for row in rows]
        for row in self._store.run(SETTING, ids=ids, asOf=self.moment) if ids else ():
            if row["relation"] == "LOCATED_IN":
                places[row["id"]].add(row["name"])
            for label in row["labels"]:
                names[row["id"], label].add(row["name"])
        wholes = {r["id"]: r for r in (self._store.run(WHOLES, ids=ids, asOf=self.moment) if ids else ())}
        rules: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in self._store.run(DATE_RULES, ids=ids, asOf=self.moment) if ids else ():
            rules[row["id"], row["edtf"]].add(row["rule"])
        kept = ("id", "title", "type", "edtf", "earliest", "latest", "precision", "status", "salience", "confidence",
                "reports", "sources", "edtfRule", "boundsRule", "importance")  # fmt: skip
        return [{**{key: row.get(key) for key in kept}, "importance_rule": row["importanceRule"],
                 "whole": wholes.get(row["id"], {}).get("whole"), "whole_id": wholes.get(row["id"], {}).get("whole_id"),
                 "disputed": any(word in (row.get("edtfRule") or "") for word in (OTHERS, DIFFER)),
                 "corrected": row.get("edtfBasis") == "decision",
                 "year_guessed": _guessed(rules[row["id"], row.get("edtf") or ""]),
                 "place": min(places[row["id"]], default=None), "people": sorted(names[row["id"], "Person"]),
                 "organizations": sorted(names[row["id"], "Organization"])} for row in rows]  # fmt: skip


def _guessed(rules: Collection[str]) -> bool:
    """Whether the expressions that give a date, read by these rules, all leave its year to a guess."""
    return bool(rules) and all(YEAR_GUESSED in rule for rule in rules)


def _passes(row: Record, wanted: Mapping[str, Any], dated: bool) -> bool:
    known = row["earliest"] is not None or row["latest"] is not None
    if known != dated:
        return False
    if dated and not ((row["earliest"] or "") <= wanted["latest"]
                      and (row["latest"] or "9999-12-31") >= wanted["earliest"]):  # fmt: skip
        return False
    return (
        (wanted["ids"] is None or row["id"] in wanted["ids"])
        and (wanted["types"] is None or row["type"] in wanted["types"])
        and (wanted["statuses"] is None or row["status"] in wanted["statuses"])
        and row["salience"] >= wanted["minSalience"]
        and row["confidence"] >= wanted["minConfidence"]
    )


Graph = Now | Past
"""The present graph, or what it held at a moment."""
