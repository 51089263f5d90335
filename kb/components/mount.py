"""Tell Streamlit where the bundles lie, and mount one of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from kb.components.said import spoken
from kb.errors import MissingAsset
from kb.words import SOURCE, language, say

PACKAGE = Path(__file__).resolve().parent.parent
ASSETS = "components/static"
DISTRIBUTION = "eventline"


def fingerprint(*parts: Any) -> str:
    """A short digest of JSON-like data; a component redraws only when it changes."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def mount(name: str, html: str, **arguments: Any) -> Any:
    """Put the component `name` on the page.

    Arguments: name, of a bundle; html, its empty frame; arguments, as Streamlit's mounting call takes them.
    Raises: MissingAsset when the bundle was never built.
    """
    for kind in ("js", "css"):
        if not (PACKAGE / ASSETS / f"{name}.{kind}").exists():
            raise MissingAsset(
                say("The browser parts are not built yet; run `python frontend/build.py` and reload the page.")
            )
    data = {**arguments.pop("data", {}), "words": spoken(name)}
    return _renderer(name, html)(**arguments, data=data)


def _renderer(name: str, html: str) -> Callable[..., Any]:
    # All sessions share the definitions, and the frame has words: each language has one of its own.
    own = name if language() == SOURCE else f"{name}_{language()}"
    _declare(own)
    # Not cached: each runtime has a registry of its own, and registering the same definition again is cheap.
    return st.components.v2.component(
        f"{DISTRIBUTION}.{own}", html=html, js=f"{name}.js", css=f"{name}.css", isolate_styles=False
    )


def _declare(name: str) -> None:
    """Streamlit discovers the manifests of installed wheels only, so a checkout has to name its own."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(f"{DISTRIBUTION}.{name}") is None:
        manifest = ComponentManifest(DISTRIBUTION, "0", [ComponentConfig(name, ASSETS)])
        manager.register_from_manifest(manifest, PACKAGE)
