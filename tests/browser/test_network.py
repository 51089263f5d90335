"""The network in the browser: it comes to rest, a click and a link choose a node, roles can be read."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, faults_in_both_themes, serious_faults

READY = ".kb-network[data-ready]"
STAGE = "document.querySelector('.kb-network .kb-stage').kbNetwork"
POSITIONS = "(document.querySelector('.kb-network[data-ready] .kb-stage')?.kbNetwork.getPositions() ?? {})"


def _click(page: Page, node: str) -> None:
    """Click the middle of a node on the canvas."""
    spot = page.evaluate(f"node => {STAGE}.canvasToDOM({STAGE}.getPosition(node))", node)
    box = page.locator(".kb-network canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])


def _nodes(page: Page) -> list[str]:
    return page.evaluate(f"Object.keys({STAGE}.getPositions())")


def test_the_layout_comes_to_rest(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network", READY)
    before = page.evaluate(f"{STAGE}.getPositions()")
    page.wait_for_timeout(700)
    assert page.evaluate(f"{STAGE}.getPositions()") == before
    assert len(before) > 10


def test_a_click_on_an_event_opens_its_panel(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network", READY)
    event = next(node for node in _nodes(page) if node.startswith("syn-event"))
    _click(page, event)
    expect(page.locator(".kb-panel > blockquote").first).to_be_visible(timeout=15_000)
    assert page.locator(READY).count() == 1


def test_a_person_shows_what_they_took_part_in(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network", READY)
    person = next(node for node in _nodes(page) if "person" in node.lower())
    _click(page, person)
    expect(page.locator(".kb-panel .kb-kicker")).to_have_text("Person", timeout=15_000)
    page.locator(".st-key-list_events button").first.click()
    expect(page.locator(".kb-panel .kb-kicker", has_text="Line")).to_be_visible(timeout=15_000)
    expect(page.locator(".kb-panel > blockquote").first).to_be_visible()
    expect(page).to_have_url(re.compile("node=.+~.+"))
    again = open_page(page.url, ".kb-panel > blockquote")
    expect(again.locator(".kb-panel .kb-kicker")).to_have_text("Line")


def test_links_centre_on_an_entity_or_an_event(few: str, open_page: OpenPage) -> None:
    whole = open_page(f"{few}/network", READY)
    person = next(node for node in _nodes(whole) if "person" in node.lower())
    page = open_page(f"{few}/network?entity={person}", READY)
    assert person in _nodes(page)
    assert len(_nodes(page)) < len(_nodes(whole))
    expect(page.locator(".kb-panel .kb-kicker")).to_have_text("Person")
    page = open_page(f"{few}/network?event=syn-event-3", READY)
    expect(page.locator(".kb-panel > blockquote").first).to_be_visible(timeout=15_000)


def test_more_nodes_than_fit_are_said(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/network", READY)
    expect(page.locator(".kb-count-line")).to_contain_text(re.compile(r"Showing \d+ of \d{3,} events"))
    assert 60 <= len(_nodes(page)) <= 75
    groups = page.evaluate(f"""(() => {{ const joined = {STAGE}.body.data.edges.get(), seen = new Set([joined[0].from]);
        for (let size = 0; size < seen.size;) {{ size = seen.size;
            for (const e of joined) if (seen.has(e.from) || seen.has(e.to)) seen.add(e.from).add(e.to); }}
        return seen.size }})()""")
    assert groups == len(_nodes(page)), "one connected picture"
    drawn = page.evaluate(f"Object.values({STAGE}.body.nodes).filter(n => n.options.shape === 'dot').length")
    expect(page.locator(".kb-count-line")).to_contain_text(f"Showing {drawn} of")


LOOKS = f"""Object.values({STAGE}.body.nodes).map(n => [
    {STAGE}.body.data.nodes.get(n.id).kind, n.options.shape, n.options.color.background, n.options.size])"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_kind_is_drawn_in_the_shape_and_colour_of_the_legend(few: str, open_page: OpenPage, scheme: str) -> None:
    page = open_page(f"{few}/network?entity=syn-person-1", READY, scheme=scheme)
    looks = {kind: (shape, color) for kind, shape, color, _ in page.evaluate(LOOKS)}
    assert {"Event", "Person", "Claim"} <= looks.keys()
    assert len(set(looks.values())) == len({color for _, color in looks.values()}) == len(looks)
    assert "#97c2fc" not in {color.lower() for _, color in looks.values()}, "the library's own colour"
    legend = page.locator(".kb-legend .kb-swatch").evaluate_all(
        "all => all.map(s => [s.className.split(' ')[1].slice(3), '#' + s.style.background.match(/\\d+/g)"
        ".map(n => (+n).toString(16).padStart(2, '0')).join('')])"
    )
    assert {tuple(entry) for entry in legend} == set(looks.values())


def test_claims_join_who_said_them_to_what_they_are_about(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network?entity=syn-person-1", READY)
    lines = page.evaluate(f"{STAGE}.body.data.edges.get().map(e => [e.from, e.to, e.word])")
    claims = page.evaluate(f"{STAGE}.body.data.nodes.get().filter(n => n.kind === 'Claim').map(n => n.id)")
    said = {end for start, end, word in lines if start == "syn-person-1" and end in claims}
    assert said
    assert all(any(start == claim and word == "about" for start, _, word in lines) for claim in said)
    _click(page, sorted(said)[0])
    expect(page.locator(".kb-panel .kb-facts")).to_contain_text("Speaker", timeout=15_000)
    expect(page.locator(".kb-panel .kb-facts")).to_contain_text("Said")
    expect(page.locator(".kb-panel blockquote footer a")).to_have_attribute("href", re.compile(r"/articles\?article="))


def test_kinds_can_be_taken_out_and_put_in(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network", READY)
    kinds = f"[...new Set({STAGE}.body.data.nodes.get().map(n => n.kind))].sort().join()"
    assert page.evaluate(kinds) == "Event,Organization,Person"
    page.get_by_role("button", name="Nodes and colours").click()
    page.get_by_role("button", name="Places").click()
    page.wait_for_function(f"() => {kinds} === 'Event,Organization,Person,Place'")
    page.get_by_role("button", name="Events").click()
    page.wait_for_function(f"() => {kinds} === 'Organization,Person,Place'")
    words = page.evaluate(f"{STAGE}.body.data.edges.get().map(e => e.word)")
    assert words
    meanings = r"\d+ events? together|spoke of, (once|\d+ times)( \(back\))?"
    assert all(re.fullmatch(meanings, part) for word in words for part in word.split(" · "))


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844)])
def test_the_picture_fills_its_area_with_marks_that_can_be_seen(
    many: str, open_page: OpenPage, width: int, height: int
) -> None:
    page = open_page(f"{many}/network", READY, width=width, height=height)
    spots = page.evaluate(f"Object.values({STAGE}.getPositions()).map(p => {STAGE}.canvasToDOM(p))")
    stage = page.evaluate(f"(() => {{ const s = {STAGE}.canvas.frame; return [s.clientWidth, s.clientHeight] }})()")
    for axis, room in zip("xy", stage, strict=True):
        places = [spot[axis] for spot in spots]
        assert min(places) > 0
        assert max(places) < room
        assert max(places) - min(places) >= 0.6 * room
    scale = page.evaluate(f"{STAGE}.getScale()")
    assert min(2 * size * scale for *_, size in page.evaluate(LOOKS)) >= 10


def _on_a_line(page: Page) -> tuple[str, str, str, float, float]:
    """A line that can be pointed at: its id, both ends, and where its middle is in the window."""
    box = page.locator(".kb-network canvas").bounding_box()
    assert box
    for edge, start, end in page.evaluate(f"{STAGE}.body.data.edges.get().map(e => [e.id, e.from, e.to])"):
        ends = [page.evaluate(f"node => {STAGE}.canvasToDOM({STAGE}.getPosition(node))", node) for node in (start, end)]
        middle = {axis: (ends[0][axis] + ends[1][axis]) / 2 for axis in "xy"}
        if page.evaluate(f"s => {STAGE}.getEdgeAt(s) + '' + {STAGE}.getNodeAt(s)", middle) == f"{edge}undefined":
            return edge, start, end, box["x"] + middle["x"], box["y"] + middle["y"]
    pytest.fail("no line could be pointed at")


def test_a_line_says_what_it_means_and_a_click_the_sentences_behind_it(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network", READY)
    edge, start, end, x, y = _on_a_line(page)
    page.mouse.move(x, y)
    told = f"id => {STAGE}.body.data.edges.get(id)"
    page.wait_for_function(f"id => (({told})(id)).label === (({told})(id)).word", arg=edge)
    page.mouse.click(x, y)
    expect(page.locator(".kb-panel .kb-kicker", has_text="Line")).to_be_visible(timeout=15_000)
    expect(page).to_have_url(re.compile(f"node={start}~{end}"))


def test_a_node_is_opened_in_place(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/network", READY)
    before = page.evaluate(f"{STAGE}.getPositions()")
    person = max((id for id in before if "person" in id), key=lambda id: abs(before[id]["x"]))
    page.goto(f"{page.url}?node={person}", wait_until="domcontentloaded")
    page.locator(READY).wait_for()
    before = page.evaluate(f"{STAGE}.getPositions()")
    page.get_by_role("button", name="Open: show more around it").click()
    page.wait_for_function(f"count => Object.keys({POSITIONS}).length > count", arg=len(before))
    page.locator(READY).wait_for()
    after = page.evaluate(f"{STAGE}.getPositions()")
    far = [(after[id][axis], before[id][axis]) for id in before for axis in "xy"]  # in whole px
    grown = sum(abs(now) for now, _ in far) / sum(abs(then) for _, then in far)
    assert max(abs(now - grown * then) for now, then in far) < 3, "all stay where they are, in a frame that grows"
    expect(page).to_have_url(re.compile(f"open={person}"))
    page.get_by_role("button", name="Close", exact=True).click()
    page.wait_for_function(f"count => Object.keys({POSITIONS}).length === count", arg=len(before))


def test_two_names_are_connected_by_their_address_and_the_picture_is_saved(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network?entity=syn-person-1&to=syn-person-4", READY)
    steps = page.locator(".kb-steps > li")
    expect(steps.first).to_be_visible()
    assert len(_nodes(page)) == steps.count() + 1
    assert page.locator(".kb-steps blockquote").count() >= steps.count()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the picture as SVG").click()
    svg = saved.value.path().read_text(encoding="utf-8")
    assert ET.fromstring(svg).tag.endswith("svg")  # noqa: S314 (our own file)
    assert svg.count("<title>") == len(_nodes(page)) + steps.count()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the picture as PNG").click()
    assert saved.value.path().read_bytes()[:4] == b"\x89PNG"


# Every label as a box with its node, and how far it stands from each node's mark, in the units of the drawing.
LABELS = f"""(() => {{ const all = Object.values({STAGE}.body.nodes), kept = {STAGE}.body.data.nodes;
    const stage = document.querySelector('.kb-network .kb-stage');
    return [...stage.kbNamed].map(([id, {{ lines, beside, below, wide, tall }}]) => {{
        const own = {STAGE}.body.nodes[id], left = own.x + beside - wide / 2, top = own.y + below;
        const off = (at, r, from, size) => Math.max(at - r - from - size, from - at - r, 0);
        const away = (n) => {{ const r = kept.get(n.id).size;
            return Math.hypot(off(n.x, r, left, wide), off(n.y, r, top, tall)) }};
        const others = Math.min(...all.filter(n => n.id !== id).map(away));
        return {{ words: lines.join(' '), own: away(own), others }} }}) }})()"""


@pytest.mark.parametrize("query", ["", "?most=150"])
def test_each_label_reads_as_its_own_and_hides_no_node(many: str, open_page: OpenPage, query: str) -> None:
    page = open_page(f"{many}/network{query}", READY)
    labels = page.evaluate(LABELS)
    assert len(labels) > 10
    assert [each["words"] for each in labels if each["others"] <= each["own"]] == []


def test_the_picture_begins_in_the_upper_third_and_is_seen_whole(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network", READY, width=1440, height=900)
    box = page.locator(".kb-network .kb-stage").bounding_box()
    assert box
    assert box["y"] < 300
    assert box["y"] + box["height"] <= 900


def test_no_serious_accessibility_fault(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network?event=syn-event-3", READY, scheme="dark")
    page.locator(".kb-panel h2").wait_for()
    assert faults_in_both_themes(page) == []


def test_groups_are_coloured_and_the_days_play(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/network?colour=group", READY, scheme="dark")
    expect(page.locator(".kb-network .kb-legend li").first).to_contain_text("Around ")
    colours = page.evaluate(f"[...new Set({STAGE}.body.data.nodes.get().map(n => n.color.background))].length")
    assert colours > 1
    slider = page.get_by_role("slider", name="Until which day")
    expect(slider).to_have_attribute("aria-valuetext", "all days")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator(".kb-until")).to_contain_text("until ")
    first = int(page.locator(READY).get_attribute("data-hidden") or 0)
    assert first > 0
    assert serious_faults(page) == []
    page.get_by_role("button", name="Play the days").click()
    expect(page.get_by_role("button", name="Stop playing")).to_be_visible()
    page.wait_for_function("first => Number(document.querySelector('.kb-network').dataset.hidden) < first", arg=first)
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play the days")).to_be_visible()
    said = page.locator(".kb-until").inner_text()
    day = dt.datetime.strptime(said, "until %d %b %Y").date()
    expect(page).to_have_url(re.compile(f"day={day.isoformat()}"))
    page.reload(wait_until="domcontentloaded")
    expect(page.locator(".kb-until")).to_have_text(said)


def test_a_crowd_has_its_places_from_the_server_and_a_click_chooses(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/network?most=5000&kinds=Person,Organization,Country,Place,Thing,Event,Claim", READY)
    nodes = page.evaluate(f"{STAGE}.body.data.nodes.get().length")
    assert nodes > 600, "so many that they are drawn at one go"
    _click(page, page.evaluate(f"{STAGE}.body.data.nodes.get().toSorted((a, b) => b.size - a.size)[0].id"))
    expect(page).to_have_url(re.compile("node=syn-"))
    expect(page.locator(".kb-panel").first).to_be_visible()
    middle = page.evaluate(f"""(() => {{ const all = {STAGE}.body.nodes;
        const ends = (e) => [all[e.from], all[e.to]], apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
        const far = (e) => apart(...ends(e));
        const [a, b] = ends({STAGE}.body.data.edges.get().toSorted((a, b) => far(b) - far(a))[0]);
        {STAGE}.moveTo({{ scale: 4, position: {{ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }} }});
        const box = document.querySelector('.kb-stage').getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2] }})()""")
    page.mouse.click(*middle)
    expect(page).to_have_url(re.compile("node=syn-[^&]*(~|%7E)syn-"))
    assert page.evaluate("document.querySelector('.kb-network canvas').toDataURL().length") > 20_000
