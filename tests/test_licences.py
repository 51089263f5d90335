"""What ships may be passed on: every package that an installation takes, and every one in the browser's bundles."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
EXTRAS = ("analysis", "api", "documents", "mcp", "oidc", "ray", "semantic")
REFUSED = re.compile(r"\b(?<!L)A?GPL|Affero|proprietary|\bSSPL|non-?commercial|\bBUSL", re.I)

# By name, with the reason why what its metadata says does not stand in the way.
READ = {
    "locate": "says Other/Proprietary; the licence that it ships is the MIT licence",
    "tld": "is under MPL-1.1, GPL-2.0 or LGPL-2.1, as whoever takes it chooses",
}


def licence(found: Distribution) -> str:
    told = found.metadata
    classified = [one.rsplit("::", 1)[-1].strip() for one in told.get_all("Classifier") or () if "License ::" in one]
    return told.get("License-Expression") or "; ".join(classified) or (told.get("License") or "").partition("\n")[0]


def shipped() -> dict[str, str]:
    """Every distribution that eventline takes along, with its extras, by name: its licence."""
    found: dict[str, str] = {}
    waiting = [("eventline", extra) for extra in ("", *EXTRAS)]
    seen: set[tuple[str, str]] = set()
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            there = distribution(name)
        except PackageNotFoundError:
            continue  # an extra that is not installed here, or for another system
        found[name] = licence(there)
        waiting += _needed(there, extra)
    return found


def _needed(there: Distribution, extra: str) -> Iterator[tuple[str, str]]:
    for each in map(Requirement, there.requires or ()):
        if each.marker is None or each.marker.evaluate({"extra": extra}):
            name = re.sub(r"[-_.]+", "-", each.name).lower()
            yield from ((name, wanted) for wanted in ("", *each.extras))


def frontend() -> ModuleType:
    spec = importlib.util.spec_from_file_location("frontend_build", ROOT / "frontend" / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_nothing_that_ships_is_under_a_licence_that_binds_the_whole_or_forbids() -> None:
    found = shipped()
    assert len(found) > 80
    assert [name for name, told in found.items() if not told] == []
    refused = {name: told for name, told in found.items() if REFUSED.search(told)}
    assert refused.keys() == READ.keys(), refused
    text = " ".join(path.read_text() for path in _licence_files("locate"))
    assert "Permission is hereby granted, free of charge" in " ".join(text.split()), READ["locate"]
    assert "MPL" in found["tld"], READ["tld"]


def _licence_files(name: str) -> list[Path]:
    there = distribution(name)
    return [Path(str(there.locate_file(file))) for file in there.files or () if "LICENSE" in file.name]


@pytest.mark.parametrize("told", ["GPL-3.0-only", "AGPL-3.0", "GNU Affero General Public License v3",
                                  "Other/Proprietary License", "SSPL-1.0"])  # fmt: skip
def test_a_licence_that_binds_the_whole_is_told_from_one_that_does_not(told: str) -> None:
    assert REFUSED.search(told)
    assert not any(REFUSED.search(one) for one in ("LGPL-2.1-or-later", "MIT", "Apache-2.0 OR MIT", "MPL-2.0"))


def test_the_bundles_carry_the_licences_of_what_is_in_them() -> None:
    build = frontend()
    text = build.LICENCES.read_text("utf-8")
    named = dict(re.findall(r"^([@a-z][\w@/.-]*) \d+\.\d+\.\d+\S* \((\(?[^\n]+)\)$", text, re.M))
    assert {"vis-timeline", "vis-network", "@codemirror/view", "d3-geo", "world-atlas", "moment"} <= named.keys()
    assert not [name for name, told in named.items() if REFUSED.search(told)]
    assert text.count("Permission is hereby granted") + text.count("Permission to use, copy") >= len(named)
    nested = "../node_modules/a/node_modules/@b/c/lib/d.js"
    assert [path.name for path in build.packages_of([nested, "frontend/map.js", "node_modules/d3-geo/src/a.js"])] == [
        "c", "d3-geo"]  # fmt: skip
