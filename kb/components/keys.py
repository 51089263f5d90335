"""The keys that work on every page: Ctrl-K and “/” lead to the search."""

from __future__ import annotations

from kb.components.mount import mount


def keys(*, focus: bool = False, reveal: str = "") -> None:
    """Listen for the keys; draws nothing.

    Arguments: focus, whether the field of the search takes what is typed now; reveal, a CSS selector of what is
    scrolled to once. Raises: MissingAsset when the bundle was never built.
    """
    mount(
        "keys",
        '<div class="kb-keys"></div>',
        key=f"keys_{focus}_{bool(reveal)}",
        data={"focus": focus, "reveal": reveal},
    )
