"""Make the browser bundles before a wheel or an sdist is packed, so that none is ever shipped without them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleHook(BuildHookInterface[Any]):
    """Runs frontend/build.py when a bundle is missing or older than its source."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle, unless this is an editable install: a checkout is bundled by `make setup`."""
        if version == "editable":
            # These copies are for installed packages; beside a checkout they would only go stale.
            build_data["force_include_editable"] = {}
            return
        spec = importlib.util.spec_from_file_location("frontend_build", Path(self.root) / "frontend" / "build.py")
        if spec is None or spec.loader is None:
            raise FileNotFoundError("frontend/build.py is missing; take the whole source tree.")
        frontend = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(frontend)
        if frontend.stale():
            frontend.build()
