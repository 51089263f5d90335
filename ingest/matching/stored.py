"""Profiles as text, as the graph keeps them with the referents."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from ingest.matching.profiles import EntityProfile, EventProfile
from kb.edtf import Edtf

Profile = EntityProfile | EventProfile


def stored_profile(profile: Profile) -> str:
    """A profile as JSON; nothing in it depends on how it came about."""
    told = {each.name: getattr(profile, each.name) for each in fields(profile)}
    known = {name: value for name, value in told.items() if value not in (None, (), False)}
    return json.dumps(known, ensure_ascii=False, sort_keys=True)


def entity_profile_of(text: str) -> EntityProfile:
    """The profile that `stored_profile` wrote."""
    return EntityProfile(**json.loads(text))


def event_profile_of(text: str) -> EventProfile:
    """The profile that `stored_profile` wrote."""
    found: dict[str, Any] = json.loads(text)
    pairs = tuple((role, entity) for role, entity in found.pop("participants", ()))
    date, lands = found.pop("edtf", None), found.pop("lands", ())
    return EventProfile(**found, edtf=Edtf(date) if date else None, participants=pairs, lands=tuple(lands))
