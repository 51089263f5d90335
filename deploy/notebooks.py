"""The notebooks of docs/notebooks, executed: `python deploy/notebooks.py` runs each and keeps what its cells give.

Each is run in a process's own namespace, cell after cell, on an empty local graph in a folder of its own, from the top
folder of the sources. What a cell prints is kept, and the value of its last line as text and, where it has one, as an
HTML table: the same that Jupyter shows. Nothing that changes from run to run is kept, so a difference is a change.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "notebooks"
Cell = dict[str, Any]


def notebooks() -> list[Path]:
    """All notebooks, in their order."""
    return sorted(FOLDER.glob("*.ipynb"))


def executed(path: Path) -> dict[str, Any]:
    """A notebook with the outputs that its cells give now. Raises: whatever a cell raises."""
    book: dict[str, Any] = json.loads(path.read_text("utf-8"))
    names: dict[str, Any] = {"__name__": "__main__"}
    count = 0
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            count += 1
            cell |= {"execution_count": count, "outputs": list(_outputs("".join(cell["source"]), names, count))}
    return book


def _outputs(code: str, names: dict[str, Any], count: int) -> Iterator[Cell]:
    """What one cell prints, and the value of its last line."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102 (our own words)
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if last else None  # noqa: S307
    if printed.getvalue():
        yield {"output_type": "stream", "name": "stdout", "text": printed.getvalue().splitlines(keepends=True)}
    if value is not None:
        data: dict[str, list[str]] = {"text/plain": repr(value).splitlines(keepends=True)}
        if hasattr(value, "_repr_html_"):
            data["text/html"] = value._repr_html_().splitlines(keepends=True)
        yield {"output_type": "execute_result", "execution_count": count, "data": data, "metadata": {}}


def written(book: dict[str, Any]) -> str:
    """A notebook as its file holds it."""
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"


@contextlib.contextmanager
def own_graph() -> Iterator[None]:
    """An empty local graph for what is run within, and the top folder of the sources as the present one."""
    from kb.store import Settings, stop  # noqa: PLC0415 (looked for after the path is set)

    kept, there = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory(prefix="notebooks-") as folder:
        os.environ |= {"KB_DATA_DIR": folder}
        os.environ.pop("KB_URI", None)
        os.chdir(ROOT)
        try:
            yield
        finally:
            os.chdir(there)
            stop(Settings(Path(folder)))
            os.environ.clear()
            os.environ |= kept


def main() -> int:
    """Run all notebooks and keep their outputs; returns the exit code."""
    sys.path.insert(0, str(ROOT))
    with own_graph():
        for path in notebooks():
            path.write_text(written(executed(path)), encoding="utf-8")
            print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
