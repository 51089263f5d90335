"""What a wheel holds beyond its packages: bundles and translations made fresh, and files of a checkout’s top."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
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
    """Runs frontend/build.py and deploy/catalogues.py where what they make is missing or older than its source."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make them and add the files, unless this is an editable install: `make` has done so in the checkout."""
        if version == "editable":
            return
        for script in ("frontend/build.py", "deploy/catalogues.py"):
            made = _script(Path(self.root), script)
            if made.stale():
                made.build()
        if self.target_name == "wheel":
            build_data["force_include"].update(SHIPPED)


def _script(root: Path, path: str) -> ModuleType:
    """A script of the source tree as a module."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, root / path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{path} is missing; take the whole source tree.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
