"""Which articles tell one story, and which of the events that they tell are one."""

from ingest.matching.stories.akin import akin, kinds
from ingest.matching.stories.near import (
    NEAREST,
    SHARED,
    STORY,
    keys_to_search,
    near_pairs,
    nearest,
    nearness,
    story_keys,
)
from ingest.matching.stories.profile import StoryProfile, Telling, stored_story, story_of, story_profile
from ingest.matching.stories.told import SAME, Told, compare_tellings, compared_apart

__all__ = [
    "NEAREST",
    "SAME",
    "SHARED",
    "STORY",
    "StoryProfile",
    "Telling",
    "Told",
    "akin",
    "compare_tellings",
    "compared_apart",
    "keys_to_search",
    "kinds",
    "near_pairs",
    "nearest",
    "nearness",
    "stored_story",
    "story_keys",
    "story_of",
    "story_profile",
]  # fmt: skip
