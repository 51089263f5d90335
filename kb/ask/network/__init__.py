"""The graph as a picture, what stands behind its lines, and how two names are connected."""

from kb.ask.network.connection import Connection, connection
from kb.ask.network.lines import Behind, behind
from kb.ask.network.picture import NETWORK_KINDS, NetworkEdge, NetworkGraph, NetworkNode, network, network_graph

__all__ = ["NETWORK_KINDS", "Behind", "Connection", "NetworkEdge", "NetworkGraph", "NetworkNode", "behind",
           "connection", "network", "network_graph"]  # fmt: skip
