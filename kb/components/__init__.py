"""Our own Streamlit components: timeline, chronology, network, Cypher editor, keys; bundled by frontend/build.py.

Each function takes data, never HTML: the scripts set every word as text, so an article cannot inject anything.
"""

from __future__ import annotations

from kb.components.chronology import chronology
from kb.components.cypher import cypher
from kb.components.keys import keys
from kb.components.network import network
from kb.components.timeline import timeline

__all__ = ["chronology", "cypher", "keys", "network", "timeline"]
