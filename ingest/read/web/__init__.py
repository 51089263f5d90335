"""Sources at an address: the one room that uses the network, and only for what the user names."""

from ingest.read.web.address import is_address
from ingest.read.web.client import Fetched, Web
from ingest.read.web.memory import Memory

__all__ = ["Fetched", "Memory", "Web", "is_address"]
