"""A toll that grows from report to report is one event's, each figure with the report that first gives it."""

from __future__ import annotations

import json
from pathlib import Path

from ingest import ingest
from kb import ask
from kb.store import Store
from kb.views.parts.event_panel import head

TELLS = (
    ("2021-05-02", "A bomb exploded in the market of Orsund on May 2, 2021. The explosion killed 12 people."),
    ("2021-05-03", "The explosion in the market of Orsund on May 2, 2021 killed 12 people and injured 40."),
    ("2021-05-05", "The explosion in the market of Orsund on May 2, 2021 killed 31 people, doctors said."),
)


def test_a_toll_that_grows(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    rows = ({"doc_id": f"d{n}", "published": day, "text": text} for n, (day, text) in enumerate(TELLS))
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert ingest([str(file)], store).count("failed") == 0
    found = next(row for row in ask.timeline(store) if row.sources == len(TELLS))
    detail = ask.event(store, found.id)
    assert detail is not None
    told = {
        kind: [(value, [r.article.published for r in by]) for value, by in each]
        for kind, each in detail.figures.items()
    }
    assert told["dead"] == [(12, ["2021-05-02", "2021-05-03"]), (31, ["2021-05-05"])]
    assert told["injured"] == [(40, ["2021-05-03"])]
    assert "Figures told" in head(detail)
