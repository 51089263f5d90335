"""All about one event or one name, for a page of its own. Every question takes the open graph and raises StoreError."""

from kb.ask.dossier.events import EventDossier, event_dossier
from kb.ask.dossier.names import NameDossier, name_dossier
from kb.ask.dossier.reasons import date_reason

__all__ = ["EventDossier", "NameDossier", "date_reason", "event_dossier", "name_dossier"]
