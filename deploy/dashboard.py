"""What Neo4j's own tools take of a graph: a NeoDash dashboard and saved Cypher, written to deploy/neo4j.

Usage: python deploy/dashboard.py
`dashboard.json` is what NeoDash 2.4 loads with *Import*; `cypher/` are the questions of docs/cypher.md, a file each,
which Neo4j Browser takes by dragging them onto its saved Cypher. The tests run every query on both engines and see that
what is here is what this writes.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "neo4j"
VERSION = "2.4"
_QUESTION = re.compile(r"^(?P<words>[^\n`#<|]+?):?\n\n```cypher\n(?P<cypher>.+?)```", re.M | re.S)
NAMES = {"Event": "title", "Person": "name", "Organization": "name", "Place": "name", "Thing": "name",
          "Entity": "name",
          "Claim": "text", "Passage": "text", "Article": "title", "TimeExpression": "text"}  # fmt: skip

Report = tuple[str, str, tuple[int, int, int, int], str]

# Title, sort, place (x, y, width, height on a grid of 24 columns), query.
PAGES: dict[str, tuple[Report, ...]] = {
    "Story": (
        ("Events", "value", (0, 0, 4, 2), "MATCH (e:Event) WHERE e.expiredAt IS NULL RETURN count(e) AS events"),
        ("Articles", "value", (4, 0, 4, 2), "MATCH (a:Article) WHERE a.expiredAt IS NULL RETURN count(a) AS articles"),
        ("Claims", "value", (8, 0, 4, 2), "MATCH (c:Claim) WHERE c.expiredAt IS NULL RETURN count(c) AS claims"),
        ("The most important events", "table", (0, 2, 14, 6), """MATCH (e:Event)
WHERE e.expiredAt IS NULL AND e.earliest IS NOT NULL
WITH e ORDER BY e.importance DESC, e.id LIMIT 40
RETURN e.edtf AS date, e.title AS event, e.status AS status, e.sources AS sources
ORDER BY e.earliest, event"""),
        ("Events by month", "bar", (14, 0, 10, 4), """MATCH (e:Event)
WHERE e.expiredAt IS NULL AND e.precision IN ['day', 'month'] AND e.salience > 0.25
RETURN substring(e.earliest, 0, 7) AS month, count(*) AS events ORDER BY month"""),
        ("Events by kind", "pie", (14, 4, 10, 4), """MATCH (e:Event) WHERE e.expiredAt IS NULL AND e.salience > 0.25
RETURN e.type AS kind, count(*) AS events ORDER BY events DESC, kind LIMIT 12"""),
    ),
    "Who": (
        ("Who took part in what", "graph", (0, 0, 16, 8), """MATCH (e:Event) WHERE e.expiredAt IS NULL
WITH e ORDER BY e.importance DESC, e.id LIMIT 15
MATCH (x:Entity)-[r:PARTICIPATED_IN]->(e) WHERE r.expiredAt IS NULL
RETURN x, r, e"""),
        ("In the most events", "bar", (16, 0, 8, 8), """MATCH (x:Entity)
WHERE x.expiredAt IS NULL AND x.events > 0 AND NOT x:Place
RETURN x.name AS name, x.events AS events ORDER BY events DESC, name LIMIT 15"""),
    ),
    "Where": (
        ("Places of the most events", "bar", (0, 0, 12, 8), """MATCH (p:Place)
WHERE p.expiredAt IS NULL AND p.events > 0
RETURN p.name AS place, p.events AS events ORDER BY events DESC, place LIMIT 20"""),
        ("What happened where", "table", (12, 0, 12, 8), """MATCH (e:Event)-[r:LOCATED_IN]->(p:Place)
WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL AND e.earliest IS NOT NULL AND e.salience > 0.25
RETURN DISTINCT p.name AS place, e.edtf AS date, e.title AS event ORDER BY place, date, event LIMIT 200"""),
    ),
    "Claims": (
        ("Who said what", "table", (0, 0, 24, 4), """MATCH (c:Claim)-[b:MADE_BY]->(s:Entity)
WHERE c.expiredAt IS NULL AND b.expiredAt IS NULL
RETURN c.said AS said, s.name AS speaker, c.cue AS cue, c.text AS claim
ORDER BY c.saidEarliest DESC, claim LIMIT 100"""),
        ("Claims that contradict each other", "table", (0, 4, 24, 4), """MATCH (a:Claim)-[r:CONTRADICTS]->(b:Claim)
WHERE r.expiredAt IS NULL
RETURN a.text AS claim, r.reason AS why, b.text AS other ORDER BY claim, other LIMIT 100"""),
    ),
    "Dates": (
        ("Events that reports date differently", "table", (0, 0, 12, 8), """MATCH (e:Event)-[r:REPORTED_IN]->(:Passage)
WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL AND r.edtf IS NOT NULL
WITH e, collect(DISTINCT r.edtf) AS dates WHERE size(dates) > 1
RETURN e.title AS event, e.edtf AS shown, dates ORDER BY event LIMIT 100"""),
        ("What dates are counted from", "graph", (12, 0, 12, 8), """MATCH (e:Event)-[d:DATED_BY]->(t:TimeExpression)
WHERE d.expiredAt IS NULL AND e.expiredAt IS NULL AND e.importance > 0.4
OPTIONAL MATCH (t)-[r:ANCHORED_TO]->(x) WHERE r.expiredAt IS NULL
RETURN e, d, t, r, x LIMIT 100"""),
    ),
}  # fmt: skip


def dashboard() -> dict[str, Any]:
    """The dashboard in the form of NeoDash 2.4."""
    settings = {"pagenumber": 0, "editable": True, "fullscreenEnabled": False, "parameters": {}, "theme": "light"}
    pages = [{"title": title, "reports": [_report(title, *one) for one in reports]} for title, reports in PAGES.items()]
    return {"title": "eventline", "version": VERSION, "settings": settings, "pages": pages, "parameters": {},
            "extensions": {"active": True, "activeReducers": []}}  # fmt: skip


def _report(page: str, title: str, sort: str, place: tuple[int, int, int, int], query: str) -> dict[str, Any]:
    x, y, width, height = place
    selection = NAMES if sort == "graph" else {}
    if sort in ("bar", "pie"):
        index, value = re.findall(r" AS (\w+)", query.rpartition("RETURN")[2])[:2]
        selection = {"index": index, "value": value, "key": "(none)"}
    return {"id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"eventline/{page}/{title}")), "title": title, "query": query,
            "type": sort, "x": x, "y": y, "width": width, "height": height, "selection": selection,
            "settings": {}}  # fmt: skip


def saved() -> Iterator[tuple[str, str]]:
    """Each question of docs/cypher.md: the name of its file and its text, the question as a comment first."""
    text = (ROOT / "docs" / "cypher.md").read_text("utf-8")
    for number, found in enumerate(_QUESTION.finditer(text), 1):
        words = " ".join(found["words"].split())
        name = "-".join(re.findall(r"[a-z0-9]+", words.lower())[:6])
        yield f"{number:02d}-{name}.cypher", f"// {words}\n{found['cypher'].rstrip()};\n"


def main() -> int:
    """Write the dashboard and the questions."""
    (FOLDER / "cypher").mkdir(parents=True, exist_ok=True)
    for old in (FOLDER / "cypher").glob("*.cypher"):
        old.unlink()
    for name, text in saved():
        (FOLDER / "cypher" / name).write_text(text, encoding="utf-8")
    told = json.dumps(dashboard(), indent=1, ensure_ascii=False)
    (FOLDER / "dashboard.json").write_text(told + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
