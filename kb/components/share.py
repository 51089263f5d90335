"""A button that copies the address of what is seen."""

from __future__ import annotations

from kb.components.mount import mount


def copy_link() -> None:
    """Draw the button. Raises: MissingAsset when the bundle was never built."""
    mount("share", '<div class="kb-share"></div>', key="copy_link")
