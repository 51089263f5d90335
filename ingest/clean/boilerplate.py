"""What stands around an article on a web page, told from its prose by the words and the shape of whole paragraphs.

Every rule looks at a paragraph as a whole: prose that only contains the words of a cue stays. The words are in
`lexicon/english/boilerplate.json`.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.reading.lexicon import load

_TERMINAL = re.compile(r"""[.!?…]["'”’»)\]]*$""")
_PRICE = re.compile(r"[$€£¥₹]\s?\d[\d,]*(?:\.\d\d)?|\b\d[\d,]*(?:\.\d\d)?\s?(?:USD|EUR|GBP|dollars|euros)\b")
_ARROWS = re.compile(r"[\s>»›→▶►]+$")


@cache
def _cues(name: str) -> frozenset[str]:
    return frozenset(load("boilerplate")[name])


@cache
def _starts(name: str) -> tuple[str, ...]:
    return tuple(load("boilerplate")[name])


def plain(paragraph: str) -> str:
    """A paragraph as the cue lists are written: lower case, straight quotes, no mark at either end."""
    return paragraph.lower().replace("’", "'").replace("‘", "'").strip(" \t:;.!?…>»›→▶►|*#-–—_=+[]()•·")


def word_count(paragraph: str) -> int:
    """How many words a paragraph has; numbers and marks are none."""
    return len(re.findall(r"[^\W\d_][\w'’.-]*", paragraph))


def is_prose(paragraph: str) -> bool:
    """Whether a paragraph is running text: it ends as a sentence does and has eight words or more, or is long."""
    count = word_count(paragraph)
    return count >= 40 or (count >= 8 and _TERMINAL.search(paragraph) is not None)


def is_section_label(line: str) -> bool:
    """Whether a line only names a section or is a trail of them: "World News", "Home > World > Europe"."""
    words = plain(line).split()
    if re.search(r"\S\s*[>›»]\s*\S", line) and len(words) <= 12 and not _TERMINAL.search(line):
        return True
    return 0 < len(words) <= 5 and all(word.strip(",") in _cues("section_words") for word in words)


def is_share_line(line: str) -> bool:
    """Whether a line is the labels of share buttons."""
    words = [word.strip(",.:|") for word in re.sub(r"\d+", " ", plain(line)).split()]
    anchored = any(word in _cues("share_anchors") for word in words)
    return anchored and len(words) <= 20 and all(word in _cues("share_words") or not word for word in words)


def is_advert(paragraph: str) -> bool:
    """Whether a paragraph offers something for sale: it ends in a call to buy, after a price or as all there is."""
    text = plain(paragraph)
    if text in _cues("calls_to_buy"):
        return True
    if word_count(paragraph) > 60 or re.search(r"""[.!?]["'”’]?$""", paragraph):
        return False
    calls = any(text.endswith(" " + call) for call in _cues("calls_to_buy"))
    return calls and (
        _PRICE.search(paragraph) is not None or (_ARROWS.search(paragraph) is not None and paragraph[-1] in ">»›→▶►")
    )


def is_offer(line: str) -> bool:
    """Whether a line is a product and its price with no verb: an advert only beside another advert."""
    return _PRICE.search(line) is not None and 2 <= word_count(line) <= 25 and not _TERMINAL.search(line)


def is_widget(line: str) -> bool:
    """Whether a line is a control, a label or a notice of the page itself."""
    text = plain(line)
    if not text:
        return not re.search(r"\w", line)
    if text in _cues("navigation_lines") or text in _cues("widget_lines"):
        return True
    short = word_count(line) <= 25
    counted = re.fullmatch(
        r"(?:\d+|no)\s+(?:comments?|shares?|views?|likes?|replies|min(?:ute)?s?(?:\s+read)?)"
        r"|\d+\s*/\s*\d+|page \d+( of \d+)?",
        text,
    )
    return counted is not None or (short and text.startswith(_starts("widget_starts")))


def is_notice(paragraph: str) -> bool:
    """Whether a paragraph asks the reader to sign up, follow or accept cookies, or states a copyright.

    A first word alone proves nothing ("By signing up to the treaty, …"): a word of the trade must stand beside it.
    """
    text = paragraph.lower().replace("’", "'").lstrip(" *•>-–—[(")
    count = word_count(paragraph)
    if text.startswith(_starts("copyright_starts")):
        return count <= 80
    if text.startswith(_starts("cookie_starts")):
        return count <= 120 and any(word in text for word in _cues("cookie_words"))
    rest = _after_cue(text, "sign_up_starts")
    if count > 60 or rest is None:
        return False
    trade = "@" in rest or any(re.search(rf"\b{re.escape(word)}\b", rest) for word in _cues("sign_up_words"))
    return not re.search(r"\w", rest) or (trade and (not text.startswith("by ") or "you" in text))


def _after_cue(text: str, name: str) -> str | None:
    """What follows the longest cue of a list that a text starts with; None when it starts with none."""
    cues = [cue for cue in _starts(name) if text.startswith(cue)]
    return text[len(max(cues, key=len)) :] if cues else None


def is_label(line: str) -> bool:
    """Whether a line is the name of a newsletter's box, or the trace that a feed leaves under a post."""
    if re.match(r"the post .+ (?:appeared first on|first appeared on) ", line, re.I):
        return True
    return word_count(line) <= 5 and line.endswith(("Newsletter", "newsletter", "Newsletters"))


def is_credit(line: str) -> bool:
    """Whether a line only credits a picture."""
    if word_count(line) > 14:
        return False
    text = line.strip(" .()[]")
    rest = _after_cue(text.lower(), "credit_starts")
    if rest is not None:
        named = text[len(text) - len(rest) :].lstrip(" :")
        return not named or not named[0].islower()
    return text.lower().endswith(_starts("credit_ends")) and word_count(line) <= 8


def is_comment_form(paragraph: str) -> bool:
    """Whether a paragraph belongs to the form for readers' comments."""
    text = plain(paragraph)
    if text in _cues("comment_form"):
        return True
    return word_count(paragraph) <= 40 and text.startswith(tuple(c for c in _cues("comment_form") if c.count(" ") >= 3))


def is_comment_link(line: str) -> bool:
    """Whether a line leads to readers' comments, wherever they stand."""
    text = plain(line)
    return text in _cues("comment_form_weak") or re.fullmatch(r"\d+ comments?|comments? \(?\d+", text) is not None


def is_related_heading(line: str) -> bool:
    """Whether a line heads a list of other articles."""
    text = plain(line)
    rank = r"(?:most (?:read|popular|viewed|watched|shared)|trending|popular|latest|more|top stories)"
    ranked = rank + r" (?:in|on|from) (?:\S+ ?){1,4}"
    return text in _cues("related_lines") or (not _TERMINAL.search(line) and re.fullmatch(ranked, text) is not None)


def is_related_inline(line: str, *, first: bool = False) -> bool:
    """Whether a line is a cue and the headline of another article: "Also read: …", "Related | …".

    Arguments: line; first, whether it opens the text, where "Opinion: …" is the article's own headline.
    """
    match = re.match(r"\W*([A-Za-z' ’]{4,32}?)\s*(?:[:|>»›→]|\s[–—-]\s)\s*(\S.*)", line)
    cue = plain(match[1]) if match else ""
    if match is None or cue not in _cues("related_inline") or word_count(line) > 35:
        return False
    if first and cue in _cues("related_inline_headline"):
        return False
    return cue in _cues("related_never_prose") or not re.search(r"[.!…]$", match[2])


def is_author_note(paragraph: str) -> bool:
    """Whether a paragraph presents the author or the site, as the last ones of a page do."""
    text, count = plain(paragraph), word_count(paragraph)
    if text in _cues("author_headings") or (count <= 40 and text.startswith(_starts("author_starts"))):
        return True
    if count <= 25 and text.startswith(_starts("author_starts_unless_prose")) and not _TERMINAL.search(paragraph):
        return True
    if count <= 25 and re.search(r"\bcontributed (?:reporting|to this (?:report|story|article))\b", text):
        return True
    if count <= 25 and re.match(r"follow .{1,60}\b(?:coverage|on (?:twitter|facebook|instagram|x|threads))\b", text):
        return True
    return count <= 150 and (_is_promotion(text) or _is_biography(paragraph, text))


def _is_promotion(text: str) -> bool:
    first_person = re.match(r"(?:hi|hello|hey)\b|(?:i|i'm|i am|i've|we|we're|we are|my|our|welcome|at)\b", text)
    return first_person is not None and sum(cue in text for cue in _cues("promotion")) >= 2


def _is_biography(paragraph: str, text: str) -> bool:
    """Whether it is a name, a post and a habit: "A B is a reporter who covers …". What once happened is news."""
    roles = "|".join(map(re.escape, sorted(_cues("author_roles"), key=len, reverse=True)))
    named = re.match(
        rf"(?:[A-Z][\w.'’-]+ ){{1,4}}(?:is|works as|writes)\b.{{0,80}}?\b(?:{roles}|about|for)\b", paragraph
    )
    return (
        named is not None
        and any(cue in text for cue in _cues("author_habits"))
        and not re.search(r"\b(?:said|told|was|were)\b", text)
    )
