"""Flat paragraphs -> the article's own: rules from the top, the bottom and through the middle, until nothing goes."""

from __future__ import annotations

import re

from ingest.clean import boilerplate as page
from ingest.clean.byline import Header, byline, header_line, signature


def article_paragraphs(paragraphs: list[str]) -> tuple[list[str], Header]:
    """The paragraphs that belong to the article, and what its header lines and byline said.

    Each pass only takes away, so it comes to an end, and its result is its own result again.
    """
    header = Header()
    while True:
        kept, said = _without_header(paragraphs)
        header = header.filled_from(said)
        kept = _without_tail(_without_inserts(_without_comments(kept)))
        if kept == paragraphs:
            return kept, header
        paragraphs = kept


def headline(paragraphs: list[str]) -> str | None:
    """The first paragraph if it is the headline: no running text, and running text follows."""
    if len(paragraphs) < 2 or not 2 <= page.word_count(paragraphs[0]) <= 30:
        return None
    ends = re.search(r"""[.,;:…]["'”’)]*$""", paragraphs[0])
    return None if ends and (page.is_prose(paragraphs[0]) or ends[0][0] != ".") else paragraphs[0]


def _front(paragraphs: list[str]) -> int:
    """How many paragraphs stand before the first running text; a "Title: …" that is a sentence is none."""
    running = (page.is_prose(p) and not page.is_notice(p) and header_line(p) is None for p in paragraphs)
    return next((i for i, runs in enumerate(running) if runs), len(paragraphs))


def _without_header(paragraphs: list[str]) -> tuple[list[str], Header]:
    front = _front(paragraphs)
    header = Header()
    kept: list[str] = []
    for index, line in enumerate(paragraphs[:front]):
        said = header_line(line) or (byline(line) if index or _has_headline(paragraphs[1:front]) else None)
        if said is None and kept and index + 1 < front and byline(paragraphs[index + 1]):
            said = signature(line)
        if said is not None:
            header = header.filled_from(said)
        elif not (page.is_section_label(line) or _is_kicker(paragraphs, index, front, kept) or line in kept):
            kept.append(line)
    return kept + paragraphs[front:], header


def _has_headline(lines: list[str]) -> bool:
    return any(page.word_count(line) >= 4 and byline(line) is None for line in lines)


def _is_kicker(paragraphs: list[str], index: int, front: int, kept: list[str]) -> bool:
    """One or two words above the headline name its subject; below it they may be a subheading."""
    following = paragraphs[index + 1] if index + 1 < front else ""
    return not kept and page.word_count(paragraphs[index]) <= 2 and page.word_count(following) >= 5


def _without_comments(paragraphs: list[str]) -> list[str]:
    """Nothing of the article follows the comment form. A link to the comments ends it only if little comes after."""
    words = [page.word_count(paragraph) if page.is_prose(paragraph) else 0 for paragraph in paragraphs]
    before, total = 0, sum(words)
    for index, paragraph in enumerate(paragraphs):
        form, link = page.is_comment_form(paragraph), page.is_comment_link(paragraph)
        if before >= 40 and (form or (link and total - before < before)):
            return paragraphs[:index]
        before += words[index]
    return paragraphs


def _without_inserts(paragraphs: list[str]) -> list[str]:
    front = _front(paragraphs)
    kept: list[str] = []
    index = 0
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        if page.is_related_heading(paragraph):
            # above the text the headline that follows may be the article's own
            index = _after_related(paragraphs, index + 1) if index >= front else index + 1
            continue
        if not (_is_insert(paragraph, first=index == 0) or _is_offer_beside_advert(paragraphs, index)):
            kept.append(paragraph)
        index += 1
    return kept


def _is_insert(paragraph: str, *, first: bool) -> bool:
    rules = (page.is_advert, page.is_share_line, page.is_widget, page.is_notice, page.is_label, page.is_credit,
             page.is_comment_form, page.is_comment_link)  # fmt: skip
    return any(rule(paragraph) for rule in rules) or page.is_related_inline(paragraph, first=first)


def _is_offer_beside_advert(paragraphs: list[str], index: int) -> bool:
    following = paragraphs[index + 1] if index + 1 < len(paragraphs) else ""
    return page.is_offer(paragraphs[index]) and page.is_advert(following)


def _after_related(paragraphs: list[str], start: int) -> int:
    """The index after the headlines of other articles; a last, much shorter one is the article's next subheading."""
    end = start
    while end < len(paragraphs) and _is_other_headline(paragraphs[end]):
        end += 1
    counts = [page.word_count(paragraph) for paragraph in paragraphs[start:end]]
    if len(counts) >= 2 and counts[-1] <= 6 and min(counts[:-1]) > 6 and end < len(paragraphs):
        return end - 1
    return end


def _is_other_headline(line: str) -> bool:
    short = page.word_count(line) <= 30 and not re.search(r"""[.,;:…]["'”’]?$""", line)
    return short and not page.is_related_heading(line)


def _without_tail(paragraphs: list[str]) -> list[str]:
    """From the last paragraph up: notes on the author or the site, section labels, dated lines that close a page."""
    end = len(paragraphs)
    while end > 1 and (page.is_author_note(paragraphs[end - 1]) or page.is_section_label(paragraphs[end - 1])):
        end -= 1
    for index in range(max(1, end - 3), end):
        if page.plain(paragraphs[index]).startswith("about the author"):
            return paragraphs[:index]
    return paragraphs[:end]
