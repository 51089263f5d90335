"""Our own Streamlit components, bundled by frontend/build.py: charts, map, network, table, editor, keys, selection.

Each function takes data, never HTML: the scripts set every word as text, so an article cannot inject anything.
"""

from __future__ import annotations

from kb.components.chronology import chronology
from kb.components.cypher import cypher
from kb.components.keys import keys
from kb.components.map import world_map
from kb.components.network import network
from kb.components.pick import pick
from kb.components.share import copy_link
from kb.components.timeline import timeline

__all__ = ["chronology", "copy_link", "cypher", "keys", "network", "pick", "timeline", "world_map"]
