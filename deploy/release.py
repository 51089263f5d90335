"""A release, proven: the wheel, its licences, its bill of materials, and that it runs where nothing else is.

Usage: python deploy/release.py [--out dist] [--port 8599]
Builds the wheel and has twine check it; installs it with the exact pins of requirements.txt into an environment of its
own, starts `kb demo` there and waits until the app answers and the graph has dated events; then writes beside the wheel
licences.json (by pip-licenses) and sbom.json (by cyclonedx-py, CycloneDX), of what is in that environment. The tools
are in an environment of their own too, by requirements-release.txt. Ends with exit code 1 where anything does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 240  # seconds until the app answers: the articles of the demonstration are read before
UV = [sys.executable, "-m", "uv"]


class ReleaseError(Exception):
    """One sentence that says what does not hold."""


def run(command: Sequence[str | Path], what: str, *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run a command and return what it prints. Raises: ReleaseError with the end of its output."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True, text=True,  # noqa: S603
                          check=False)  # fmt: skip
    if done.returncode:
        raise ReleaseError(f"{what} failed: {(done.stderr or done.stdout).strip()[-1500:]}")
    return done.stdout


def environment(folder: Path, *pins: Path) -> Path:
    """A new environment with exactly these pins; returns its folder of commands. Raises: ReleaseError."""
    run([*UV, "venv", "--quiet", "--python", sys.executable, folder], "Making an environment")
    python = folder / "bin" / "python"
    given = [word for path in pins for word in ("--requirement", str(path))]
    run([*UV, "pip", "install", "--quiet", "--python", python, "--require-hashes", *given], "Installing the pins")
    return folder / "bin"


def build(out: Path) -> Path:
    """The wheel, anew. Raises: ReleaseError."""
    for old in out.glob("eventline-*.whl"):
        old.unlink()
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out], "Building the wheel")
    found = list(out.glob("eventline-*.whl"))
    if len(found) != 1:
        raise ReleaseError(f"There are {len(found)} wheels in {out} instead of one; empty it first.")
    return found[0]


def demonstrated(commands: Path, folder: Path, port: int) -> int:
    """Start `kb demo` away from the sources until the app answers; returns how many dated events it holds.

    Raises: ReleaseError.
    """
    env = {"KB_DATA_DIR": str(folder / "data"), "PYTHONPATH": "", "HOME": str(folder)}
    told = (folder / "demo.txt").open("w")
    command = [str(commands / "kb"), "demo", "--port", str(port), "--no-browser"]
    app = subprocess.Popen(command, cwd=folder, env={**os.environ, **env}, stdout=told, stderr=told)  # noqa: S603
    try:
        _await(f"http://localhost:{port}/_stcore/health", app, folder / "demo.txt")
        found = run([commands / "kb", "timeline", "--json", "--limit", "1000"], "kb timeline", env=env, cwd=folder)
        return len(json.loads(found))
    finally:
        app.terminate()
        app.wait(timeout=30)
        told.close()
        run([commands / "kb", "store", "stop"], "kb store stop", env=env, cwd=folder)


def _await(address: str, app: subprocess.Popen[bytes], printed: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and app.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (our own address)
                return
        except OSError:
            time.sleep(0.5)
    raise ReleaseError(f"kb demo does not answer: {printed.read_text('utf-8')[-1500:]}")


def release(out: Path, port: int) -> None:
    """Do all of it. Raises: ReleaseError."""
    out.mkdir(parents=True, exist_ok=True)
    wheel = build(out)
    with tempfile.TemporaryDirectory(prefix="release-") as made:
        folder = Path(made)
        tools = environment(folder / "tools", ROOT / "requirements-release.txt")
        print(run([tools / "twine", "check", "--strict", wheel], "twine check").strip())
        clean = environment(folder / "clean", ROOT / "requirements.txt")
        run(
            [*UV, "pip", "install", "--quiet", "--python", clean / "python", "--no-deps", wheel], "Installing the wheel"
        )
        events = demonstrated(clean, folder, port)
        if not events:
            raise ReleaseError("kb demo has read its articles, but holds no dated event.")
        print(f"kb demo runs in a clean environment, with {events} dated events.")
        form = ["--from=mixed", "--with-urls", "--format=json"]
        listed = run([tools / "pip-licenses", "--python", clean / "python", *form], "pip-licenses")
        (out / "licences.json").write_text(listed, encoding="utf-8")
        run([tools / "cyclonedx-py", "environment", "--output-reproducible", "--pyproject", ROOT / "pyproject.toml",
             "--output-file", out / "sbom.json", clean / "python"], "cyclonedx-py")  # fmt: skip
    parts = len(json.loads((out / "sbom.json").read_text("utf-8"))["components"])
    print(f"{out}: {wheel.name}, licences.json of {len(json.loads(listed))} packages, sbom.json of {parts} components")


def main() -> int:
    """Run the command; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the wheel and its lists are put")
    parser.add_argument("--port", type=int, default=8599, help="where kb demo is tried")
    given = parser.parse_args()
    try:
        release(given.out.resolve(), given.port)
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
