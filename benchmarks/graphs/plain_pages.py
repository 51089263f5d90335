"""Pages without the app, to hold it against: all events in a plain vis-timeline, a network as pyvis writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pyvis.network import Network

from kb import ask
from kb.ask.network import NetworkGraph
from kb.store import Store

MODULES = Path(__file__).parents[2] / "node_modules"
VIS = MODULES / "vis-timeline"

DATED = """MATCH (e:Event) WHERE e.expiredAt IS NULL AND e.earliest IS NOT NULL AND e.latest IS NOT NULL
RETURN e.id AS id, e.title AS content, e.earliest AS start, e.latest AS end ORDER BY e.earliest, e.id"""

# Ready is when the widget has drawn for the first time, as its own event says.
_TIMELINE = """<!DOCTYPE html><meta charset="utf-8"><style>{style}</style>
<div class="kb-stage" id="shown" style="height: 800px"></div><script>{script}</script><script>
const timeline = new vis.Timeline(document.getElementById("shown"), new vis.DataSet({items}),
  {{height: 800, width: "100%"}});
timeline.on("changed", () => document.body.dataset.ready = "1");
</script>"""

_AT_REST = """<script>network.once("stabilizationIterationsDone", () => document.body.dataset.ready = "1")</script>
</body>"""


def timeline_page(store: Store) -> tuple[str, int]:
    """All dated events in one vis-timeline, as its documentation shows it. Returns: the page, how many events."""
    items = [_item(row) for row in store.run(DATED)]
    script = (VIS / "standalone" / "umd" / "vis-timeline-graph2d.min.js").read_text("utf-8")
    style = (VIS / "styles" / "vis-timeline-graph2d.min.css").read_text("utf-8")
    words = json.dumps(items).replace("</", "<\\/")
    return _TIMELINE.format(style=style, script=script, items=words), len(items)


def _item(row: Mapping[str, Any]) -> dict[str, str]:
    one_day = row["start"] == row["end"]
    return {key: row[key] for key in ("id", "content", "start", *(() if one_day else ("end",)))}


def network_page(store: Store, most: int) -> tuple[str, int]:
    """The network that the app draws, as pyvis writes it. Returns: the page, how many nodes."""
    found: NetworkGraph = ask.network(store, limit=most)
    drawn = Network(height="800px", width="100%", cdn_resources="in_line")
    for node in found.nodes:
        drawn.add_node(node.id, label=node.label, title=node.label)
    for edge in found.edges:
        drawn.add_edge(edge.source, edge.target)
    return drawn.generate_html().replace("</body>", _AT_REST), len(found.nodes)
