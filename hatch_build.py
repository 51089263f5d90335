"""What a wheel holds besides its packages: fresh browser bundles, and the files that a checkout has at its top."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# An installed program has no repository around it. Not in pyproject.toml, because an editable install would copy them
# too, and they would go stale beside the checkout.
SHIPPED = {
    "app.py": "kb/app.py",
    "seed_data": "kb/seed_data",
    ".streamlit/config.toml": "kb/.streamlit/config.toml",
    "pyproject.toml": "kb/pyproject.toml",
}


class BundleHook(BuildHookInterface[Any]):
    """Runs frontend/build.py when a bundle is missing or older than its source."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundles and add the files, unless this is an editable install: `make` has bundled the checkout."""
        if version == "editable":
            return
        spec = importlib.util.spec_from_file_location("frontend_build", Path(self.root) / "frontend" / "build.py")
        if spec is None or spec.loader is None:
            raise FileNotFoundError("frontend/build.py is missing; take the whole source tree.")
        frontend = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(frontend)
        if frontend.stale():
            frontend.build()
        if self.target_name == "wheel":
            build_data["force_include"].update(SHIPPED)
