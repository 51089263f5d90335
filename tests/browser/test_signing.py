"""Signing in to an app that serves other machines, in a real browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from kb import access
from tests.browser.conftest import OpenPage, expect, missing, serious_faults, served
from tests.provider import Known, vouching

PROJECT = """[sign_in]
issuer = "{issuer}"
client = "eventline"
address = "http://localhost:{{port}}"
"""
PASSWORD = "a long enough password"  # noqa: S105 (of this test alone)


@pytest.fixture(scope="module")
def shut(few_folder: Path) -> Iterator[str]:
    """The address of an app that demands sign-in."""
    access.add(few_folder, "Ada", "reader", PASSWORD)
    with served("--sign-in", KB_DATA_DIR=str(few_folder)) as url:
        yield url


def test_a_link_leads_to_its_page_after_signing_in_and_a_reader_finds_nothing_to_add(
    shut: str, open_page: OpenPage
) -> None:
    page = open_page(f"{shut}/articles", "[data-testid='stForm']", scheme="dark", width=390, height=844)
    expect(page.get_by_role("link", name="Timeline")).to_have_count(0)
    assert serious_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("Name").fill("Ada")
    page.locator("input[type=password]").fill("another long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("not known together")).to_be_visible()
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Articles", exact=True)).to_be_visible()
    assert page.url.startswith(f"{shut}/articles")
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(page.get_by_role("link", name="Timeline", exact=True).first).to_be_visible()
    expect(page.get_by_role("link", name="Add", exact=True)).to_have_count(0)


@pytest.fixture(scope="module")
def vouched(few_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Known]]:
    """The address of an app for whose people a provider vouches, and whom that takes its visitor for."""
    if find_spec("authlib") is None:
        missing("authlib is not installed; pip install 'eventline[oidc]'")
    access.add_mail(few_folder, "Berta@Example.org", "reader")
    folder = tmp_path_factory.mktemp("project")
    with vouching("eventline", "a secret of the two") as (issuer, known):
        (folder / "eventline.toml").write_text(PROJECT.format(issuer=issuer), encoding="utf-8")
        given = {"KB_DATA_DIR": str(few_folder), "KB_PROJECT": str(folder), "KB_OIDC_SECRET": "a secret of the two"}
        with served("--sign-in", **given) as url:
            yield url, known


def test_who_is_let_in_by_mail_signs_in_by_the_provider(vouched: tuple[str, Known], open_page: OpenPage) -> None:
    url, known = vouched
    known.mail, known.verified = "berta@example.org", True
    page = open_page(f"{url}/", "[data-testid='stForm']")
    expect(page.get_by_role("link", name="Timeline")).to_have_count(0)
    page.get_by_role("button", name="Sign in by 127.0.0.1").click()
    expect(page.get_by_text("Signed in as berta@example.org, reader.")).to_be_attached()
    expect(page.get_by_role("link", name="Timeline", exact=True).first).to_be_visible()
    expect(page.get_by_role("link", name="Add", exact=True)).to_have_count(0)
    page.reload()  # the cookie holds
    expect(page.get_by_role("link", name="Timeline", exact=True).first).to_be_visible()
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_role("button", name="Sign in by 127.0.0.1")).to_be_visible()


@pytest.mark.parametrize(
    ("mail", "verified", "says"),
    [
        ("carl@example.org", True, "carl@example.org was not let in"),
        ("berta@example.org", False, "does not vouch for your address"),
        ("Ada", True, "Ada was not let in"),
    ],
)
def test_whom_the_provider_does_not_know_as_somebody_let_in_stays_outside(
    vouched: tuple[str, Known], open_page: OpenPage, mail: str, verified: bool, says: str
) -> None:
    url, known = vouched
    known.mail, known.verified = mail, verified
    page = open_page(f"{url}/", "[data-testid='stForm']")
    page.get_by_role("button", name="Sign in by 127.0.0.1").click()
    expect(page.get_by_text(says)).to_be_visible()
    expect(page.get_by_role("link", name="Timeline")).to_have_count(0)
    assert serious_faults(page) == []
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in by 127.0.0.1")).to_be_visible()


def test_the_secret_lies_where_its_owner_alone_reads_it(vouched: tuple[str, Known], few_folder: Path) -> None:
    path = few_folder / "sign_in.toml"
    assert "a secret of the two" in path.read_text("utf-8")
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0
    assert access.check(few_folder, "berta@example.org", "") is None
