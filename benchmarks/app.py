"""What the screens cost whoever looks at them: the app in a real browser, beside plain pages with the same data.

Usage: python -m benchmarks.app [--sizes 1000,10000] [--json] [--save]
For each size an empty local graph is filled with made-up articles (benchmarks.graphs) and the app is started on it. A
headless Chromium opens it as the first visitor and as the next one, then does what people do; all are seconds of the
clock from the deed until what was asked for is on the screen, and medians where a deed is done more than once. A frame
is the time between two pictures while the timeline is drawn along by the mouse: the 95th percentile, in milliseconds.
Beside it the same browser opens all dated events in a plain vis-timeline, and the same network as pyvis writes it;
what is not ready in a minute is told as "-". `--save` keeps the figures in benchmarks/app.json and the table in
docs/benchmarks.md. Chromium is $KB_CHROMIUM or the one on the path. Other work on the machine makes all of it slower.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, ViewportSize, sync_playwright
from playwright.sync_api import Error as BrowserError

from benchmarks.graphs.bulk import load
from benchmarks.graphs.newswire import articles
from benchmarks.graphs.plain_pages import network_page, timeline_page
from benchmarks.graphs.served import served
from benchmarks.growth import empty_graph
from ingest.graph.runs import begin
from kb.errors import BadInput, KbError

Figures = dict[str, float | None]  # by what is told of it; None where it was not ready in time

HERE = Path(__file__).parent
KEPT, PAGE = HERE / "app.json", HERE.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- app, written by --save -->", "<!-- end of app -->"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip
READY = ".kb-timeline[data-ready] .kb-item"
NODES, TIMES, PATIENCE = 300, 5, 60.0  # nodes of the network; times a deed is done; seconds that are waited
SIZE: ViewportSize = {"width": 1440, "height": 900}
_MOVES, _STEP = 90, 6  # how the timeline is drawn along: moves of the mouse, and pixels of each

FRAMES = """() => { window.frames = []; let last = performance.now();
const next = now => { window.frames.push(now - last); last = now; window.counting && requestAnimationFrame(next); };
window.counting = true; requestAnimationFrame(next); }"""


def measure(size: int, browser: Browser) -> Figures:
    """The figures of a graph of so many articles. Raises: KbError, BrowserError."""
    with empty_graph("local") as store:
        begin(store, "newswire")
        load(store, lambda: articles(size), "newswire")
        with served(store.settings.data_dir, ["app", "--no-browser"], "/_stcore/health") as address:
            found = _app(browser, address)
        timeline, count = timeline_page(store)
        network, nodes = network_page(store, NODES)
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        found |= _plain(browser, Path(folder) / "timeline.html", timeline, "plain vis-timeline, all events")
        found |= _plain(browser, Path(folder) / "network.html", network, "plain pyvis, the same network", pan=False)
    return {"dated events": count, "nodes of the network": nodes, **found}


def _app(browser: Browser, address: str) -> Figures:
    found: Figures = {}
    for visitor in ("first", "next"):
        with _page(browser) as page:
            found[f"app: timeline ready, {visitor} visitor, s"] = _opened(page, address, READY)
    with _page(browser) as page:
        _opened(page, address, READY)
        found["app: click to an event's panel, s"] = statistics.median(_details(page))
        found["app: frame while panning, ms"] = _frames(page, ".kb-stage")
        found["app: lanes by person, s"] = _lanes(page)
        page.goto(f"{address}/search", wait_until="domcontentloaded")
        found["app: search, s"] = statistics.median(_searches(page))
        found[f"app: network of {NODES} nodes at rest, s"] = _opened(
            page, f"{address}/network?most={NODES}", ".kb-network[data-ready]"
        )
    return found


def _opened(page: Page, address: str, ready: str) -> float:
    begun = time.perf_counter()
    page.goto(address, wait_until="domcontentloaded")
    page.locator(ready).first.wait_for(state="visible", timeout=PATIENCE * 1000)
    return time.perf_counter() - begun


def _details(page: Page) -> Iterator[float]:
    """Open events that stand on the timeline, each by a click, and close each again."""
    shown = [item.get_attribute("data-event") for item in page.locator(".vis-item .kb-item:visible").all()]
    for id in list(dict.fromkeys(shown))[2 : 2 + TIMES]:
        begun = time.perf_counter()
        page.locator(f".kb-item[data-event='{id}']").first.click(force=True)
        page.wait_for_url(f"**event={id}**", timeout=PATIENCE * 1000)
        page.locator(".kb-panel blockquote mark").first.wait_for(state="visible", timeout=PATIENCE * 1000)
        yield time.perf_counter() - begun
        page.keyboard.press("Escape")
        page.locator(".kb-panel").first.wait_for(state="detached", timeout=PATIENCE * 1000)


def _lanes(page: Page) -> float:
    page.get_by_label("Lanes").click()
    begun = time.perf_counter()
    page.get_by_role("option", name="By person").click()
    page.locator(".kb-lane").first.wait_for(state="visible", timeout=PATIENCE * 1000)
    return time.perf_counter() - begun


def _searches(page: Page) -> Iterator[float]:
    field = page.locator(".st-key-search_box input")
    for words in ("treaty", "border", "minister", "talks", "offer")[:TIMES]:
        field.fill(words)
        begun = time.perf_counter()
        field.press("Enter")
        page.wait_for_url(f"**q={words}**", timeout=PATIENCE * 1000)
        page.locator(".kb-hits li mark", has_text=words).or_(page.get_by_text("Nothing found")).first.wait_for(
            state="visible", timeout=PATIENCE * 1000
        )
        yield time.perf_counter() - begun


def _frames(page: Page, stage: str) -> float:
    """The 95th percentile of the time between two pictures while the stage is drawn along, milliseconds."""
    box = page.locator(stage).first.bounding_box()
    if box is None:
        raise BadInput(f"There is no {stage} on the page, so nothing can be drawn along.")
    x, y = box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.6
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(FRAMES)
    for step in range(_MOVES):
        page.mouse.move(x - step * _STEP, y)
    page.mouse.up()
    frames = sorted(page.evaluate("() => { window.counting = false; return window.frames; }"))
    return float(frames[int(len(frames) * 0.95)])


def _plain(browser: Browser, path: Path, words: str, name: str, *, pan: bool = True) -> Figures:
    """How long a page of its own takes, which may be for ever."""
    path.write_text(words, encoding="utf-8")
    found: Figures = {f"{name}, s": None}
    with _page(browser) as page:
        try:
            found[f"{name}, s"] = _opened(page, path.as_uri(), "body[data-ready]")
            if pan:
                found[f"{name}: frame while panning, ms"] = _frames(page, ".kb-stage")
        except BrowserError:
            return found
    return found


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    """A page of a visitor of its own, which asks nothing of the internet."""
    context = browser.new_context(viewport=SIZE)
    context.route("**/*", _local_alone)
    try:
        yield context.new_page()
    finally:
        context.close()


def _local_alone(route: Route) -> None:
    local = route.request.url.startswith(("http://localhost:", "file:", "data:", "blob:"))
    route.continue_() if local else route.abort()


def table(found: Mapping[int, Figures]) -> Iterator[str]:
    """The figures as lines of a Markdown table, a row for each deed."""
    yield "| deed |" + "".join(f" {size:,} articles |" for size in found)
    yield "| --- |" + " ---: |" * len(found)
    named: dict[str, list[str]] = {}
    for place, figures in enumerate(found.values()):
        for name, value in figures.items():
            row = named.setdefault(name, ["" for _ in found])
            row[place] = "-" if value is None else f"{value:.2f}" if name.endswith(", s") else f"{value:,.0f}"
    for name, cells in named.items():
        yield f"| {name} | {' | '.join(cells)} |"


def save(found: Mapping[int, Figures], kept: Path = KEPT, page: Path = PAGE) -> None:
    """Keep the figures; those of sizes that were not measured this time stay."""
    old = {int(size): each for size, each in (json.loads(kept.read_text("utf-8")) if kept.is_file() else {}).items()}
    all_sizes = dict(sorted({**old, **found}.items()))
    rounded = {str(size): {name: value if value is None else round(value, 3) for name, value in each.items()}
               for size, each in all_sizes.items()}  # fmt: skip
    kept.write_text(json.dumps(rounded, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n\n{chr(10).join(table(all_sizes))}\n\n{END}{after}", encoding="utf-8")


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code, 2 on bad input or where there is no browser."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.app", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000", help="numbers of articles, parted by commas")
    parser.add_argument("--json", action="store_true", help="print {size: {deed: figure}}")
    parser.add_argument("--save", action="store_true", help="keep them in benchmarks/app.json and docs/benchmarks.md")
    given = parser.parse_args(words)
    if not all(size.isdecimal() and int(size) for size in given.sizes.split(",")):
        parser.error("--sizes are whole numbers above 0, parted by commas")
    chromium = os.environ.get("KB_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        parser.error("Chromium is not installed; install it, or set KB_CHROMIUM")
    found: dict[int, Figures] = {}
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
            for size in sorted({int(size) for size in given.sizes.split(",")}):
                found[size] = measure(size, browser)
            browser.close()
    except (KbError, BrowserError) as error:
        print(error, file=sys.stderr)
        return 2
    if given.save:
        save(found)
    print(json.dumps(found, indent=1) if given.json else "\n".join(table(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
