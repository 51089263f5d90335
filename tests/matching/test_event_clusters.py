"""Which reports of events are one when several articles tell them: tables of reports, in every order."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from ingest.matching.events import compare_events
from ingest.matching.together import canonical_ids
from tests.matching.test_events import itself, profile

SPECS = Path(__file__).parents[1] / "specs" / "event_clusters"
ROWS = [(file.stem, row) for file in sorted(SPECS.glob("*.json")) for row in json.loads(file.read_text("utf-8"))]


@pytest.mark.parametrize(("topic", "row"), ROWS, ids=[f"{topic}: {row['about']}" for topic, row in ROWS])
def test_reports(topic: str, row: dict[str, Any]) -> None:
    """Whichever report has the least id."""
    for names in list(permutations("abcdefgh"[: len(row["reports"])]))[:120]:
        reports = [profile(text, name) for text, name in zip(row["reports"], names, strict=True)]
        canonical = canonical_ids(reports)
        groups: dict[str, list[int]] = defaultdict(list)
        for number, report in enumerate(reports):
            groups[canonical[report.id]].append(number)
        assert sorted(group for group in groups.values() if len(group) > 1) == row["one"]
        for one, other in row.get("doubtful", ()):
            found = compare_events(reports[one], reports[other], itself)
            assert found is not None
            assert found.verdict == "doubtful"
