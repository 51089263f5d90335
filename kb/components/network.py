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
    height: int = 560,
    on_selected: Callable[[], None] = lambda: None,
) -> str | None:
    """Draw a pyvis network; the layout comes to rest and stays so.

    Arguments: net, its node ids are what a click reports, its nodes' titles are not shown; label, what the picture
    shows, for those who cannot see it; selected, a node's id; height in px; on_selected, called before the next run.
    Returns: the id of the node clicked last. Raises: MissingAsset when the bundle was never built.
    """
    nodes, edges, *_, options = net.get_network_data()
    drawing = {**json.loads(options), **_INTERACTION}
    drawing.pop("configure", None)
    entries = [asdict(entry) for entry in legend]
    data: dict[str, Any] = {
        "nodes": nodes, "edges": edges, "options": drawing, "legend": entries, "label": label, "selected": selected,
        "height": height, "rev": fingerprint(nodes, edges, drawing, entries),
    }  # fmt: skip
    state = mount("network", '<div class="kb-network"></div>', key=key, data=data, on_selected_change=on_selected)
    chosen = state.get("selected")
    return str(chosen) if chosen else None


_INTERACTION = {
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}, "tooltipDelay": 120},
}
