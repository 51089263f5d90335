"""Words that are selected in the text of an article, to be made an event or a claim."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from kb.components.mount import mount


class Picked(NamedTuple):
    """What was chosen for the selected words: what they tell; before, length: characters that are no white space."""

    what: Literal["event", "claim"]
    before: int
    length: int


def pick(key: str) -> Picked | None:
    """Offer the choice beside whatever is selected; draws nothing until then.

    Returns: what was chosen just now, None else. Raises: MissingAsset when the bundle was never built.
    """
    state: Any = mount("pick", '<div class="kb-picking"></div>', key=key, on_picked_change=lambda: None)
    chosen = state.get("picked")
    return Picked(chosen["what"], int(chosen["before"]), int(chosen["length"])) if chosen else None
