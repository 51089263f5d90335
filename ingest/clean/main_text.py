"""The main text of a page: the better of two readings of it, with the paragraphs that both missed.

Trafilatura reads each page twice, once for all of the text and once with care for what does not belong to it. The
careful reading is taken where it keeps most of the words of the full one: where it keeps less it has lost the text
itself (measured: docs/benchmarks.md). Boxes that a page gives its lead or an embedded post are opened before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import trafilatura
from lxml import html as lxml_html
from lxml.etree import _Element

from ingest.clean.boilerplate import is_prose
from ingest.clean.paragraphs import paragraphs

_KEPT = 0.6  # of the running text of the full reading, which the careful one must have
_LEAD = re.compile(r"(?:^|[\s_-])(?:lead|lede|intro|standfirst|teaser|dek|summary|abstract)(?:$|[\s_-])", re.I)
_POST = "contains(concat(' ', @class, ' '), ' twitter-tweet ')"
_KEY = 60  # characters by which a paragraph is known again
_FEWEST = 3  # paragraphs that a box must have given before another of its kind is trusted


def main_text(tree: _Element) -> list[str]:
    """The paragraphs of a page's main text, without captions and paragraphs that link to another article.

    Serialised again because trafilatura reads a tree that it did not make less well. Changes `tree`.
    """
    for caption in tree.xpath("//figcaption"):
        caption.drop_tree()
    for paragraph in tree.iter("p", "li"):
        if _is_link(paragraph):
            paragraph.clear(keep_tail=True)
    leads = _open_boxes(tree)
    markup = lxml_html.tostring(tree, encoding="unicode")
    careful, full = _read(markup, careful=True), _read(markup, careful=False)
    chosen = careful if _words(careful) >= _KEPT * _words(full) else full
    return _completed(chosen, tree, leads)


def words_of(element: _Element) -> str:
    """All the words inside an element of a page, on one line."""
    return " ".join(element.text_content().split())


def _read(markup: str, *, careful: bool) -> list[str]:
    text = trafilatura.extract(
        markup, fast=True, favor_precision=careful, favor_recall=not careful, include_comments=False,
        include_tables=False, output_format="txt")  # fmt: skip
    return paragraphs((text or "").replace("\n", "\n\n"))


def _words(some: list[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in some if is_prose(paragraph))


def _is_link(paragraph: _Element) -> bool:
    """A whole paragraph of four words or more inside links, and no sentence: the headline of another article."""
    words = words_of(paragraph)
    linked = sum(len(words_of(link)) for link in paragraph.iter("a"))
    return linked >= 0.9 * len(words) > 0 and len(words.split()) >= 4 and words[-1] not in '.!?”"'


def _open_boxes(tree: _Element) -> frozenset[str]:
    """Take their names from the boxes of leads and embedded posts, by which they would be left out.

    Returns the keys of the paragraphs of leads.
    """
    leads: set[str] = set()
    for box in tree.xpath("//article//*[@class] | //main//*[@class]"):
        if box.tag in ("div", "section", "header", "p") and _LEAD.search(box.get("class")) and _holds_prose_alone(box):
            del box.attrib["class"]
            leads.update(_key(p.text_content()) for p in box.iter("p"))
    for post in tree.xpath(f"//blockquote[{_POST}]"):
        del post.attrib["class"]
        around = post.getparent()
        if around is not None and len(around.findall("*")) <= 2 and around.get("class") and around.tag == "div":
            del around.attrib["class"]
    return frozenset(leads)


def _holds_prose_alone(box: _Element) -> bool:
    found = [words_of(p) for p in box.iter("p")]  # itself, where it is one
    return bool(found) and all(map(is_prose, found)) and box.find(".//a") is None


def _completed(found: list[str], tree: _Element, leads: frozenset[str]) -> list[str]:
    """The paragraphs with the lead, those that stand between them in one box, and those in boxes of the very kind."""
    known = "".join(map(_letters, found))
    boxes: Counter[str] = Counter()
    left: list[tuple[int, _Element, str]] = []
    inside: dict[_Element, list[int]] = {}
    listed = [(p, words_of(p)) for p in tree.iter("p")]
    for number, (paragraph, words) in enumerate(listed):
        if not is_prose(words):
            continue
        if _key(words) in known or _letters(words)[-_KEY:] in known:
            boxes[_box(paragraph)] += 1
            inside.setdefault(paragraph.getparent(), [number, number])[1] = number
        else:
            left.append((number, paragraph, words))
    missing = {
        _key(words)
        for number, p, words in left
        if _between(number, inside.get(p.getparent()))
        or (p.getparent().get("class") and boxes[_box(p)] >= _FEWEST)
        or (_key(words) in leads and number < min((first for first, _ in inside.values()), default=0))
    }
    return list(_in_order(found, [words for _, words in listed], missing)) if missing else found


def _between(number: int, ends: list[int] | None) -> bool:
    return ends is not None and ends[0] < number < ends[1]


def _in_order(found: list[str], listed: list[str], missing: set[str]) -> Iterator[str]:
    """The paragraphs found, and each missing one where the page has it: behind the paragraph before it."""
    places = {_key(words): number for number, words in enumerate(listed)}
    at = 0
    for paragraph in found:
        place = places.get(_key(paragraph), -1)
        if place >= at:
            yield from (words for words in listed[at:place] if _key(words) in missing)
            at = place + 1
        yield paragraph
    yield from (words for words in listed[at:] if _key(words) in missing)


def _letters(words: str) -> str:
    return re.sub(r"\W+", "", words.lower())


def _key(words: str) -> str:
    return _letters(words)[:_KEY]


def _box(paragraph: _Element) -> str:
    """What kind of box a paragraph stands in: the names of the three elements around it, and its own."""
    around = [paragraph, *paragraph.iterancestors()][:4]
    return " ".join(f"{each.tag}.{each.get('class') or ''}" for each in around)
