"""A network of nodes and lines, built with pyvis and drawn by vis-network."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kb.components.mount import fingerprint, mount

if TYPE_CHECKING:
    # pyvis imports networkx and IPython: only the page that draws a network should wait for them.
    from pyvis.network import Network


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind of node looks like: a vis-network shape and a CSS colour, with its count for the legend."""

    label: str
    shape: str
    color: str
    count: int


def network(
    net: Network,
    *,
    key: str,
    label: str,
    legend: Sequence[Shape] = (),
    selected: str | None = None,
    height: int = 620,
    placed: bool = False,
    on_selected: Callable[[], None] = lambda: None,
    on_opened: Callable[[], None] = lambda: None,
    day: str | None = None,
    on_day: Callable[[], None] = lambda: None,
) -> str | None:
    """Draw a pyvis network; the layout comes to rest and stays so, also when nodes are added to it or taken out.

    Arguments: net, its node ids are what a click reports, its nodes' titles are not shown; label, what the picture
    shows, for those who cannot see it; selected, a node's id, or both ends of a line as `line_id` writes them; height
    in px; placed, whether the nodes have places, x and y from -1 to 1; on_selected, on_opened, called before the next
    run, when a node or line is clicked or a node clicked twice; day (ISO), until which the nodes are shown, None for
    all; on_day, called when a reader moved it, after which `day` of the state holds it.
    Returns: what was clicked last. Raises: MissingAsset when the bundle was never built.
    """
    nodes, edges, *_, options = net.get_network_data()
    drawing = {**json.loads(options), **_INTERACTION}
    drawing.pop("configure", None)
    if placed:
        drawing["physics"] = False
    entries = [asdict(entry) for entry in legend]
    data: dict[str, Any] = {
        "nodes": nodes, "edges": edges, "options": drawing, "legend": entries, "label": label, "selected": selected,
        "height": height, "placed": placed, "day": day, "rev": fingerprint(nodes, edges, drawing, entries),
    }  # fmt: skip
    state = mount("network", '<div class="kb-network"></div>', key=key, data=data, on_selected_change=on_selected,
                  on_opened_change=on_opened, on_day_change=on_day)  # fmt: skip
    chosen = state.get("selected")
    return str(chosen) if chosen else None


_BETWEEN = "~"  # as in frontend/network.js


def line_id(one: str, other: str) -> str:
    """How a line between two nodes is named."""
    return f"{one}{_BETWEEN}{other}"


def ends_of(selected: str | None) -> tuple[str, str] | None:
    """The ends of the line that is so named; None for the name of a node."""
    one, found, other = (selected or "").partition(_BETWEEN)
    return (one, other) if found and one and other else None


_INTERACTION = {
    "interaction": {
        "hover": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "tooltipDelay": 120,
        "hoverConnectedEdges": False,
    },
}
