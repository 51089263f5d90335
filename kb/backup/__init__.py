"""The whole of a story in one file: graph, decisions, originals and saved views, from one engine to another."""

from kb.backup.archive import Manifest
from kb.backup.restoring import restore
from kb.backup.saving import save

__all__ = ["Manifest", "restore", "save"]
