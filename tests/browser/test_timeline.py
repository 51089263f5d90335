"""The timeline in the browser: spans, windows, the overview, Back, filters, keyboard, looks in both themes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from kb.store import Store, kept
from tests import synthetic
from tests.browser.conftest import OpenPage, faults_in_both_themes, serious_faults, served

READY = ".kb-timeline[data-ready] .kb-item"
LINE = ".kb-timeline .kb-count-line"
COUNTED = re.compile(r"(\d+) of (\d+) events in this window are drawn.*?(?:; (\d+) in all)?\.(?: Told.*)?$")
ALL_DRAWN = re.compile(r"(?:All [\d,]+|The one) events? in this window (?:are|is) drawn")


def _line(page: Page) -> str:
    return page.locator(LINE).inner_text()


def _wait_for_other_line(page: Page, old: str) -> str:
    """What is told once it is another and stays so: a zoom of several steps is answered more than once."""
    expect(page.locator(LINE)).not_to_have_text(old, timeout=15_000)
    line = ""
    for _ in range(20):
        before, line = line, _line(page)
        if before == line and "Counting" not in line:
            break
        page.wait_for_timeout(1200)
    return line


def _width(page: Page, date: str) -> float:
    """The drawn width of an event whose date reads `date`, px."""
    bar = page.locator(".vis-item", has=page.locator(f"[aria-label*='— {date}']")).first
    box = bar.bounding_box()
    assert box is not None
    return box["width"]


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.dataset.event ?? ''"))


def test_deeds_are_shown_alone_at_one_click_and_the_address_says_so(
    own: Store, own_app: str, open_page: OpenPage
) -> None:
    synthetic.load(own, 14)
    own.execute("MATCH (e:Event) WHERE e.type = 'interview' SET e.type = 'STATEMENT'")
    kept.recount(own)
    page = open_page(f"{own_app}/?passing=1", READY)
    marked = page.locator(".kb-item[aria-label*='interviews']")
    expect(marked.first).to_be_visible()
    expect(page.locator(".kb-legend")).to_contain_text("Statement")
    page.get_by_text("Deeds only").click()
    expect(page).to_have_url(re.compile("deeds=1"))
    expect(marked).to_have_count(0)
    expect(page.locator(READY).first).to_be_visible()
    expect(page.locator(".kb-legend")).not_to_contain_text("Statement")
    page.get_by_role("link", name="As a table").click()
    expect(page).to_have_url(re.compile("chronology.*deeds=1"))
    expect(page.locator(".kb-row, .kb-chronology li, .kb-chronology tr").first).to_be_visible()
    expect(page.get_by_text("interviews")).to_have_count(0)
    assert faults_in_both_themes(page) == []


def test_a_year_is_drawn_wider_than_a_month_and_a_month_than_a_day(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/?from=2022&to=2022", READY)
    labels = [item.get_attribute("aria-label") or "" for item in page.locator(".kb-item").all()]
    dates = [label.split(" — ")[1].split(",")[0] for label in labels]
    day = next(date for date in dates if re.fullmatch(r"\d+ \w{3} \d{4}", date))
    month = next(date for date in dates if re.fullmatch(r"[A-Z]\w+ \d{4}", date))
    year = next(date for date in dates if date == "2022")
    assert _width(page, year) > 6 * _width(page, month)
    assert _width(page, month) > 1.5 * _width(page, day)
    minor = page.locator(".vis-time-axis .vis-text.vis-major").all_inner_texts()
    assert "2022" in " ".join(minor), "what From and To ask for is the window"


def test_the_chart_fills_the_window_in_height_and_its_overview_lies_on_one_scale(
    many: str, open_page: OpenPage
) -> None:
    page = open_page(f"{many}/", READY, width=1440, height=900)
    assert page.title() == "Timeline · Eventline"
    stage, overview, view = (page.locator(f".kb-{part}").bounding_box() for part in ("stage", "months", "view"))
    assert stage
    assert overview
    assert view
    assert stage["y"] < 200
    assert stage["height"] > 500
    assert overview["y"] + overview["height"] < 900
    assert page.evaluate("document.querySelector('.vis-panel.vis-center').scrollHeight") <= stage["height"]
    page.get_by_role("button", name="Show all").click()
    _wait_for_other_line(page, "")
    ends = page.locator(".kb-view").bounding_box()
    assert ends
    assert ends["width"] == pytest.approx(overview["width"], rel=0.03), "all of it is the whole overview"
    page.locator(".kb-stage").hover(position={"x": 600, "y": 300})
    page.mouse.down()
    page.mouse.move(stage["x"] + 40, stage["y"] + 300, steps=8)
    page.mouse.move(stage["x"] + 40, stage["y"] + 20, steps=8)
    page.mouse.up()
    page.wait_for_timeout(600)
    assert page.locator(".kb-item").count() > 20, "the data cannot be dragged out of the window"


def test_how_many_of_how_many_are_drawn_stays_true_while_the_window_moves(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/", READY)
    first = COUNTED.match(_line(page))
    assert first
    drawn = len({item.get_attribute("data-event") for item in page.locator(".kb-item").all()})
    assert drawn >= int(first[1]) > 100
    assert page.locator(".kb-stage.kb-shaded canvas").is_visible(), "what is not drawn is shaded"
    stage = page.locator(".kb-stage").bounding_box()
    assert stage
    page.mouse.move(stage["x"] + stage["width"] / 2, stage["y"] + 200)
    old = _line(page)
    for _ in range(12):
        page.mouse.wheel(0, -240)
    line = _wait_for_other_line(page, old)
    window = re.search(r"window=(\d{4})-\d\d-\d\d\.\.(\d{4})", page.url)
    assert window, "the window stands in the address"
    second = COUNTED.match(line)
    assert second is None or int(second[2]) < int(first[2]) / 2
    assert second or ALL_DRAWN.match(line)
    page.reload()
    page.locator(READY).first.wait_for()
    expect(page.locator(LINE)).to_have_text(line)
    here = {item.get_attribute("data-event") for item in page.locator(".vis-item:not(.kb-row) .kb-item").all()}
    assert len(here) >= int(re.sub(r"\D", "", re.split(" events?| of", line)[0]) or 1)
    handle = page.get_by_role("slider", name="Last day of the window")
    handle.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    _wait_for_other_line(page, line)
    view = page.locator(".kb-view").bounding_box()
    assert view
    old = _line(page)
    page.mouse.move(view["x"] + view["width"] / 2, view["y"] + 15)
    page.mouse.down()
    page.mouse.move(view["x"] - 200, view["y"] + 15, steps=6)
    page.mouse.up()
    _wait_for_other_line(page, old)
    moved = page.locator(".kb-view").bounding_box()
    assert moved
    assert moved["x"] < view["x"] - 100
    assert moved["width"] == pytest.approx(view["width"], abs=4)


def test_the_keyboard_leads_from_event_to_event_opens_one_and_closes_it(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/", READY)
    page.evaluate("document.querySelector('.kb-stage').dataset.same = '1'")
    page.locator(".kb-stage").focus()
    page.keyboard.press("ArrowRight")
    first = _focused(page)
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    second = _focused(page)
    assert first
    assert second not in ("", first)
    assert page.locator(".kb-item[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    panel = page.locator(".kb-panel")
    expect(panel.locator("blockquote mark").first).not_to_be_empty()
    expect(panel.locator("a[href*='articles?article=']").first).to_be_visible()
    page.wait_for_timeout(800)
    assert _focused(page) == second, "who opened an event is still on it"
    assert f"event={second}" in page.url
    assert page.locator(".kb-stage").get_attribute("data-same") == "1", "the timeline was built anew"
    page.keyboard.press("Escape")
    expect(page.locator(".kb-panel")).to_have_count(0)
    page.wait_for_timeout(600)
    assert _focused(page) == second
    assert "event=" not in page.url
    labels = page.locator(".vis-time-axis .vis-text.vis-minor")
    before = labels.all_inner_texts()
    page.keyboard.press("+")
    expect(labels.first).not_to_have_text(before[0])
    page.wait_for_timeout(400)
    assert _focused(page) == second, "a zoom is about the event that has the focus"


def test_back_brings_again_what_was_seen(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/?event=syn-event-3", ".kb-panel h2")
    expect(page.locator(".vis-item.vis-selected").first).to_be_visible()
    first = page.locator(".kb-panel h2").first.inner_text()
    other = page.locator(".kb-item:has(.kb-title):not([data-event='syn-event-3'])").last
    other.click()
    expect(page.locator(".kb-panel h2").first).not_to_have_text(first)
    page.locator(".kb-legend").get_by_role("button", name=re.compile("^Attack")).click()
    expect(page).to_have_url(re.compile("types=attack"))
    expect(page.locator(".kb-legend [aria-pressed='true']")).to_have_count(1)
    _wait_for_other_line(page, "")
    page.go_back()
    expect(page.locator(".kb-legend [aria-pressed='true']")).to_have_count(0)
    expect(page.locator(".kb-panel h2").first).not_to_have_text(first)
    page.go_back()
    expect(page.locator(".kb-panel h2").first).to_have_text(first)
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".kb-panel")).to_have_count(0)
    expect(page.locator(".vis-item.vis-selected")).to_have_count(0)
    assert "event=" not in page.url


def test_a_link_to_an_event_moves_the_window_to_it_and_an_unknown_one_is_said(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/?event=syn-event-200&q=&from=", f"{READY}, .kb-empty")
    expect(page.locator(".vis-item.vis-selected").first).to_be_visible()
    page.goto(f"{many}/?event=no-such-event")
    expect(page.locator(".kb-empty")).to_contain_text("No such event")


def test_filters_stand_in_the_address_and_lanes_hold_the_events(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/?lanes=types&types=attack,visit&passing=1", READY)
    expect(page.locator(".kb-lane").first).to_be_visible()
    expect(page.locator(".kb-legend [aria-pressed='true']")).to_have_count(2)
    expect(page.get_by_text("More filters (2)")).to_be_visible()
    page.locator(".kb-legend").get_by_role("button", name=re.compile("^Attack")).click()
    expect(page).to_have_url(re.compile("types=visit"))
    _wait_for_other_line(page, "")
    page.locator(".kb-legend").get_by_role("button", name=re.compile("^Visit")).click()
    expect(page).not_to_have_url(re.compile("types="))
    old = _wait_for_other_line(page, "")
    page.get_by_label("Search", exact=True).fill("sanctions")
    page.keyboard.press("Enter")
    _wait_for_other_line(page, old)
    assert page.locator(".kb-item").all()
    assert "q=sanctions" in page.url
    assert "lanes=types" in page.url
    lanes = page.locator("button.kb-lane")
    before = lanes.all_inner_texts()
    lanes.first.click()
    expect(lanes.first).to_have_attribute("aria-expanded", "false")
    expect(lanes.first).to_be_focused()
    assert lanes.all_inner_texts() == before
    assert serious_faults(page) == []
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(page.locator(".kb-printed li small").first).not_to_be_empty()
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(255, 255, 255)"


def test_what_has_no_year_is_listed_apart(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/", READY)
    page.get_by_text(re.compile("without a date or a year")).click()
    row = page.locator(".st-key-list_undated button").first
    title = row.inner_text().splitlines()[-1]
    row.click()
    expect(page.locator(".kb-panel h2").first).to_have_text(title)


def test_an_empty_graph_says_what_to_do(nothing: str, open_page: OpenPage) -> None:
    page = open_page(f"{nothing}/", ".kb-empty")
    expect(page.locator(".kb-empty")).to_contain_text("kb ingest")
    assert serious_faults(page) == []


def test_no_accessibility_fault(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/?event=syn-event-3&lanes=people", f"{READY}, .kb-panel", scheme="dark")
    page.locator(READY).first.wait_for()
    page.locator(".kb-panel h2").first.wait_for()
    assert faults_in_both_themes(page) == []


def test_a_narrow_screen_needs_no_sideways_scrolling(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/", READY, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate(
        "(() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth <= m.clientWidth })()"
    )
    stage = page.locator(".kb-stage").bounding_box()
    assert stage
    assert stage["height"] >= 340
    assert page.locator(".kb-item .kb-title").count() >= 3
    for window in ("", "?from=2019&to=2022"):
        page = open_page(f"{few}/{window}", READY, width=390, height=844)
        _wait_for_other_line(page, "")
        beyond = page.locator(".vis-center .kb-item .kb-title").evaluate_all("""all => all.map(title =>
            [title.textContent, title.getBoundingClientRect(), title.closest(".vis-center").getBoundingClientRect()])
            .filter(([, { left, right }, stage]) => left < stage.right && right > stage.right + 1)
            .map(([words]) => words)""")
        assert beyond == [], "a title that is cut says so by its dots"


@pytest.mark.parametrize("width", [390, 1440])
def test_no_title_runs_into_the_mark_beside_it(own: Store, own_app: str, open_page: OpenPage, width: int) -> None:
    synthetic.load(own, 60)
    own.execute(
        "MATCH (e:Event) SET e.title = e.title + ' before the autumn session of the council', e.confidence = 1.0"
    )
    page = open_page(f"{own_app}/?passing=1", READY, width=width, height=844)
    _wait_for_other_line(page, "")
    met = page.locator(".vis-center .kb-item .kb-title").evaluate_all("""all => {
        const box = each => each.getBoundingClientRect(), center = box(document.querySelector(".vis-center"));
        const marks = [...document.querySelectorAll(".vis-center .kb-item .kb-mark")];
        const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        const hides = title => mark => !title.closest(".kb-item").contains(mark) && meet(box(title), box(mark));
        return all.filter(title => title.textContent && box(title).right <= center.right)
            .filter(title => marks.some(hides(title))).map(title => title.textContent) }""")
    assert met == []


def test_a_full_chart_is_laid_out_anew_beside_the_panel_on_a_slow_machine_too(many: str, open_page: OpenPage) -> None:
    page = open_page(f"{many}/?passing=1", READY, width=1440, height=900)
    page.evaluate("window.requestAnimationFrame = (draw) => setTimeout(draw, 700)")  # which the library draws by
    page.locator(".vis-item .kb-item").nth(5).click(force=True)
    page.locator(".kb-panel blockquote").first.wait_for(timeout=60_000)
    page.wait_for_function(
        """() => { const width = name => document.querySelector(name)?.getBoundingClientRect().width;
            return width(".kb-stage") < 1000 && Math.abs(width(".kb-stage") - width(".kb-months")) < 8 }""",
        timeout=10_000,
    )


def test_the_axis_of_a_narrow_screen_says_when(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/?window=2022-01-10..2022-11-01", READY, width=390, height=844)
    whole = """all => all.filter(each => !each.classList.contains("vis-measure") && each.innerText).filter(each => {
        const range = document.createRange(); range.selectNodeContents(each);
        const own = range.getBoundingClientRect(), stage = each.closest(".vis-timeline").getBoundingClientRect();
        return own.left >= stage.left && own.right <= stage.right }).map(each => each.innerText)"""
    assert len(page.locator(".vis-time-axis .vis-text").evaluate_all(whole)) >= 2


def test_a_title_goes_on_where_nothing_stands_beside_it(few: str, open_page: OpenPage) -> None:
    page = open_page(f"{few}/", READY, width=1440)
    _wait_for_other_line(page, "")
    cut = page.locator(".vis-center .kb-item .kb-title").evaluate_all("""all => {
        const box = (each) => each.getBoundingClientRect(), marks = [...document.querySelectorAll(".kb-item")].map(box);
        const edge = box(document.querySelector(".vis-center")).right;
        const beside = (own) => marks.filter(m => Math.abs(m.top - own.top) < 6 && m.left > own.left + 4);
        const room = (own) => Math.min(edge, ...beside(own).map(m => m.left)) - own.right;
        return all.filter(title => title.scrollWidth > title.clientWidth + 1)
            .filter(title => room(box(title.closest(".kb-item"))) > 60).map(title => title.textContent) }""")
    assert cut == []


def test_a_graph_that_does_not_answer_is_one_sentence(open_page: OpenPage) -> None:
    with served(KB_URI="bolt://localhost:1", KB_USER="nobody", KB_PASSWORD="nothing") as url:  # noqa: S106 (nobody's)
        page = open_page(f"{url}/", "[data-testid=stAlert]")
        said = page.locator("[data-testid=stAlert]")
        expect(said).to_contain_text("bolt://localhost:1")
        expect(page.get_by_role("button", name="Try again")).to_be_visible()
        assert "Traceback" not in page.inner_text("body")
        assert serious_faults(page) == []
