"""The documentation as a site: `python deploy/site.py` builds dist/site by MkDocs with its Material theme.

The pages are those of docs/ as they are, with README.md as the first; the notebooks as pages, with what their cells
gave; and a drawing of the graph made from the code (ingest.graph.facts.RELATIONS). Links that lead nowhere end the
build, and so does a page that would load anything from elsewhere. MkDocs is fetched by uv, in the version that stands
here.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from math import atan2, cos, pi, sin
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGES, SITE = ROOT / "build" / "docs", ROOT / "dist" / "site"
TOOL = "mkdocs-material==9.8.1"
TOP = ("CONTRIBUTING.md", "CHANGELOG.md")
# The labels of the drawing, around a circle; its middle, its two half-widths, and half of a box, in pixels.
AROUND = ("Article", "Passage", "Claim", "Entity", "Place", "Event", "TimeExpression")
WIDE, HIGH, ACROSS, DOWN = 1100, 780, 430, 310
_BOX = (76, 21)
_FOREIGN = re.compile(r"""(?:<(?:script|img|link|iframe)\b[^>]*?(?:src|href)=["']?|url\(["']?)(https?:)?//""", re.I)


def main() -> int:
    """Build it; returns the exit code."""
    gather()
    tool = ["uv", "tool", "run", "--quiet", "--from", "mkdocs", "--with", TOOL]
    command = [sys.executable, "-m", *tool, "mkdocs", "build", "--strict", "--quiet"]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    code = subprocess.run(command, cwd=ROOT, env=quiet, check=False).returncode  # noqa: S603 (our own words)
    if code:
        return code
    if found := sorted(foreign(SITE)):
        print("\n".join(f"{page} loads something from elsewhere" for page in found), file=sys.stderr)
        return 1
    print(f"{SITE}: {len(list(SITE.rglob('*.html')))} pages; python -m http.server --directory dist/site shows it")
    return 0


def gather() -> None:
    """Put all pages where MkDocs looks for them."""
    shutil.rmtree(PAGES, ignore_errors=True)
    shutil.copytree(ROOT / "docs", PAGES)
    for path in PAGES.rglob("*.md"):
        path.write_text(told_from(path.read_text("utf-8"), "../"), encoding="utf-8")
    (PAGES / "index.md").write_text(told_from((ROOT / "README.md").read_text("utf-8"), "docs/"), encoding="utf-8")
    for name in TOP:
        (PAGES / name).write_text(told_from((ROOT / name).read_text("utf-8"), "docs/"), encoding="utf-8")
    for path in PAGES.rglob("*.ipynb"):
        book = json.loads(path.read_text("utf-8"))
        path.with_suffix(".md").write_text("\n\n".join(as_markdown(book)) + "\n", encoding="utf-8")
    (PAGES / "graph.svg").write_text(drawing(), encoding="utf-8")
    page = PAGES / "graph.md"
    drawn = page.read_text("utf-8").replace("# The graph\n", "# The graph\n\n![What leads where](graph.svg)\n", 1)
    page.write_text(drawn, encoding="utf-8")


def told_from(text: str, folder: str) -> str:
    """A page whose links lead from where it will stand: all pages lie in one folder."""
    return re.sub(rf"\]\({re.escape(folder)}(?=[\w.-]+\.\w+)", "](", text)


def as_markdown(book: dict[str, Any]) -> Iterator[str]:
    """A notebook as the parts of a page."""
    for cell in book["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield source
            continue
        yield f"```python\n{source}\n```"
        for output in cell["outputs"]:
            data = output.get("data", {})
            plain = "".join(output.get("text", data.get("text/plain", ()))).rstrip()
            yield _table("".join(data["text/html"])) if "text/html" in data else f"```text\n{plain}\n```"


def _table(html: str) -> str:
    """A table as pandas writes it, without what it says of its looks: the theme knows better."""
    plain = re.sub(r"<style.*?</style>|<p>.*?</p>|</?div>", "", html, flags=re.S)
    return re.sub(r"<(table|tr)[^>]*>", r"<\1>", plain).strip()


def drawing() -> str:
    """The labels of the graph and the relationships between them, as an SVG that reads in both themes."""
    sys.path.insert(0, str(ROOT))
    from ingest.graph.facts import RELATIONS  # noqa: PLC0415 (found once the path is set)

    between: dict[tuple[str, str], list[str]] = {}
    own = {("Article", "Passage"): ["HAS_SNAPSHOT", "HAS_PASSAGE"]}  # through a Snapshot, the text as it was
    for kind, shape in RELATIONS.items():
        for end in shape.end.split("|"):
            between.setdefault((shape.start, end), []).append(kind)
    lines = [_line(ends, kinds) for ends, kinds in {**own, **between}.items()]
    boxes = [_box(label) for label in AROUND]
    style = ("text{font:13px sans-serif;fill:#333;stroke:#fff;stroke-width:4px;paint-order:stroke}"
             "path{stroke:#999;fill:none}rect{fill:#3f51b5}"
             ".l{fill:#fff;stroke:none;font-weight:bold;font-size:15px}")  # fmt: skip
    marker = ('<marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" orient="auto">'
              '<path d="M0 0L8 4L0 8z" style="fill:#999"/></marker>')  # fmt: skip
    ground = f'<rect width="{WIDE}" height="{HIGH}" rx="12" style="fill:#fff"/>'  # the same in both themes
    arrows, names = zip(*lines, strict=True)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}"><style>{style}</style>'
            f"<defs>{marker}</defs>{ground}{''.join(arrows)}{''.join(boxes)}{''.join(names)}</svg>\n")  # fmt: skip


def _spot(label: str) -> tuple[float, float]:
    turn = 2 * pi * AROUND.index(label) / len(AROUND) - pi * 0.8
    return WIDE / 2 + ACROSS * cos(turn), HIGH / 2 + DOWN * sin(turn)


def _box(label: str) -> str:
    x, y = _spot(label)
    return (f'<rect x="{x - _BOX[0]:.0f}" y="{y - _BOX[1]:.0f}" width="{2 * _BOX[0]}" height="{2 * _BOX[1]}" rx="6"/>'
            f'<text class="l" x="{x:.0f}" y="{y + 5:.0f}" text-anchor="middle">{escape(label)}</text>')  # fmt: skip


def _line(ends: tuple[str, str], kinds: list[str]) -> tuple[str, str]:
    """An arrow, bent so that two between the same labels do not meet, and its names, which stand nearer its start."""
    (x, y), (u, v) = _spot(ends[0]), _spot(ends[1])
    if ends[0] == ends[1]:
        away = f"C{x - 60:.0f} {y + 95:.0f} {x + 60:.0f} {y + 95:.0f}"
        path = f"M{x - 30:.0f} {y + 21:.0f}{away} {x + 30:.0f} {y + 21:.0f}"
        return f'<path d="{path}" marker-end="url(#a)"/>', _names(kinds, x, y + 58)
    turn = atan2(v - y, u - x)
    bent = ((x + u) / 2 - 26 * sin(turn), (y + v) / 2 + 26 * cos(turn))
    begun, ended = _edge((x, y), bent), _edge((u, v), bent)
    at = 0.36
    spot = [(1 - at) ** 2 * one + 2 * at * (1 - at) * middle + at**2 * other
            for one, middle, other in zip(begun, bent, ended, strict=True)]  # fmt: skip
    path = f"M{begun[0]:.0f} {begun[1]:.0f}Q{bent[0]:.0f} {bent[1]:.0f} {ended[0]:.0f} {ended[1]:.0f}"
    return f'<path d="{path}" marker-end="url(#a)"/>', _names(kinds, *spot)


def _edge(middle: tuple[float, float], towards: tuple[float, float]) -> tuple[float, float]:
    """Where a line from the middle of a box leaves it."""
    across, down = towards[0] - middle[0], towards[1] - middle[1]
    share = min((_BOX[0] + 4) / max(abs(across), 1e-9), (_BOX[1] + 4) / max(abs(down), 1e-9))
    return middle[0] + across * share, middle[1] + down * share


def _names(kinds: list[str], x: float, y: float) -> str:
    rows = "".join(f'<tspan x="{x:.0f}" dy="{14 if place else 0}">{escape(kind)}</tspan>'
                   for place, kind in enumerate(kinds))  # fmt: skip
    return f'<text x="{x:.0f}" y="{y - 7 * (len(kinds) - 1):.0f}" text-anchor="middle">{rows}</text>'


def foreign(site: Path) -> Iterator[Path]:
    """The pages and styles that would load something from elsewhere."""
    for path in (*site.rglob("*.html"), *site.rglob("*.css")):
        text = re.sub(r'<link rel="(?:canonical|next|prev)"[^>]*>', "", path.read_text("utf-8"))
        if _FOREIGN.search(text):
            yield path.relative_to(site)


if __name__ == "__main__":
    sys.exit(main())
