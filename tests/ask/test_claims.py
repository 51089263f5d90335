"""Claims a page at a time: in each order every claim is reached once, forth and back, and the count is true."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from ingest.graph.facts import Facts
from kb import ask
from kb.ask.claims import ClaimFilter
from kb.ask.claims import pages as pages_of_claims
from kb.ask.claims.choosing import Order
from kb.ask.claims.pages import _windows, claim_page
from kb.ask.rows import Named
from kb.counted import ALWAYS, UNDATED
from kb.models import Claim
from kb.store import Store

ARTICLES, EACH = 14, 5


def day_of(order: Order, claim: Claim, one: Facts) -> str:
    """The day by which a claim is ordered, "" where it has none; all were recorded at once."""
    if order == "recorded":
        return "now"
    if order == "published":
        return str(one.article.published_earliest or "")
    if order == "said":
        return str(claim.said_earliest or "")
    about = {r.end for r in one.relations if r.type == "ABOUT" and r.start == claim.id}
    days = [event.earliest or event.latest for event in one.events if event.id in about]
    return str(min((day for day in days if day), default=""))


@pytest.mark.parametrize("least", [2, 400], ids=["from few slots", "at once"])
@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("order", ["said", "happened", "published", "recorded"])
def test_each_page_leads_to_the_next_and_back(
    chronicle: Store, facts: list[Facts], order: Order, newest_first: bool, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_of_claims, "_LEAST", least)
    days = {claim.id: day_of(order, claim, one) for one in facts for claim in one.claims}
    pages, after = [], None
    while len(pages) <= len(days):
        pages.append(
            claim_page(chronicle, ClaimFilter(), order=order, newest_first=newest_first, after=after, limit=EACH)
        )
        after = pages[-1].after
        if after is None:
            break
    found = [row.id for page in pages for row in page.rows]
    assert len(found) == len(set(found)) == len(days) == ask.count_claims(chronicle, ClaimFilter())
    told = [days[id] for id in found if days[id]]
    assert told == sorted(told, reverse=newest_first)
    assert [days[id] for id in found[: len(told)]] == told, "what has no such day comes last"
    assert pages[0].before is None
    for before, page in pairwise(pages):
        back = claim_page(
            chronicle, ClaimFilter(), order=order, newest_first=newest_first, before=page.before, limit=EACH
        )
        assert (back.rows, back.after) == (before.rows, before.after)


def told(one: Facts, claim: Claim) -> set[str]:
    return {r.end for r in one.relations if r.start == claim.id}


FILTERS: list[tuple[dict[str, Any], Any]] = [
    ({"speaker": ("syn-person-3", "syn-person-5")}, lambda c, f: told(f, c) & {"syn-person-3", "syn-person-5"}),
    ({"answered": "denials"}, lambda c, f: c.force == "denied"),
    ({"published_from": "2022-05-01", "published_to": "2023-12-31"},
     lambda c, f: "2022-05-01" <= str(f.article.published_latest or "") <= "2023-12-31"),
    ({"happened_from": "2022-03-01", "happened_to": "2023-12-31"},
     lambda c, f: any((e.earliest or "") <= "2023-12-31" and (e.latest or "9") >= "2022-03-01" and e.earliest
                      for e in f.events if e.id in told(f, c))),
    ({"recorded_to": "2001-01-01"}, lambda c, f: False),
    ({"recorded_from": "2001-01-01"}, lambda c, f: True),
    ({"said_from": "2021-01-01", "text": "ready"}, lambda c, f: "ready" in c.text and (c.said_latest or "") > "2021"),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "fits"), FILTERS, ids=[str(wanted) for wanted, _ in FILTERS])
def test_what_passes_is_counted_and_shown(
    chronicle: Store, facts: list[Facts], wanted: dict[str, Any], fits: Any
) -> None:
    expected = {claim.id for one in facts for claim in one.claims if fits(claim, one)}
    found = claim_page(chronicle, ClaimFilter(**wanted), limit=1000)
    assert {row.id for row in found.rows} == expected
    assert ask.count_claims(chronicle, ClaimFilter(**wanted)) == len(expected)
    if "recorded_to" not in wanted:
        assert expected


def test_speakers_and_subjects_are_counted(chronicle: Store, facts: list[Facts]) -> None:
    event = facts[0].claims[0]
    about = next(end for end in told(facts[0], event) if end.startswith("syn-event"))
    own = [(claim, one) for one in facts for claim in one.claims if about in told(one, claim)]
    by = ask.speakers(chronicle, ClaimFilter(event=about))
    assert {each.id: each.claims for each in by} == {
        id: sum(id in told(one, claim) for claim, one in own) for id in {end for c, f in own for end in told(f, c)}
        if id.startswith("syn-person")
    }  # fmt: skip
    place = next(end for end in told(facts[0], event) if end.startswith("syn-place"))
    counted = ask.spoken_of(chronicle, {about: Named(about, "", "Event"), place: Named(place, "", "Place")})
    assert (counted[about].claims, counted[about].speakers) == (len(own), len(by))
    assert counted[place].claims == sum(place in told(one, claim) for one in facts for claim in one.claims)


def test_windows_hold_every_key_up_to_their_bound() -> None:
    numbers = {"2014-01": 300, "2014-02": 300, "2015-01": 300, "2014": 5, "2015": 5, ALWAYS: 5, UNDATED: 5}
    first, last = _windows(numbers, None, 10, down=False)
    assert (first.slots, first.bound) == (["2014-01", "2014-02", "2014", ALWAYS], "2014-02-31~")
    assert last.slots == ["2014-01", "2014-02", "2015-01", "2014", "2015", ALWAYS, UNDATED]
    assert last.bound is None
    back = next(_windows(numbers, "9999-12-31 9999-12-31 c", 10, down=True))
    assert UNDATED in back.slots, "what has no day lies between"
