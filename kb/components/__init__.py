"""Our own Streamlit components: a timeline, a network, a Cypher editor, keys; bundled by frontend/build.py.

Each function takes data, never HTML: the scripts set every word as text, so an article cannot inject anything.
"""

from __future__ import annotations

from kb.components.cypher import cypher
from kb.components.keys import keys
from kb.components.network import network
from kb.components.timeline import TimelineState, timeline

__all__ = ["TimelineState", "cypher", "keys", "network", "timeline"]
