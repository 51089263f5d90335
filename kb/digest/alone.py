"""Whether a sentence can be read alone: who, what and where without the sentences around it.

What stands before a sentence and is none of it (headline, byline, dateline, time of a last update) is cut off; the rest
stays in the article's own words, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable

LEAST, MOST = 6, 60  # words; below it is a fragment, above it several sentences that were not parted

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|today|yesterday|tomorrow|tonight)"
_ZONE = r"(?:GMT|BST|UK|ET|EDT|EST|PDT|PST|PT|CET|CEST|UTC|JST|MSK)"
_NAME = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}"
_HEADS = (
    # “WASHINGTON | Wed Apr 29, 2009 7:30 pm BST”, “Page last updated at 05:27 GMT, Tuesday, 27 September 2011 06:27 UK”
    re.compile(
        rf"^.{{0,140}}?\d{{1,2}}[:.]\d\d ?(?:[ap]\.?m\.? ?)?{_ZONE}\b"
        rf"(?:[ ,]*{_DAY}?[ ,]*\d{{1,2}} {_MONTH} \d{{4}})?(?: \d\d[:.]\d\d {_ZONE}\b)?(?: Help\b)?[\s|,–-]*"
    ),
    # “By Jane Roe WASHINGTON (Reuters) -”, “GENEVA (AP) —”
    re.compile(r"^.{0,140}?\((?:[A-Z][\w./&]*(?: [A-Z][\w./&]*){0,3})\) ?(?:-{1,2}|–|—)(?:\s+|$)"),
    # “PARIS —”, “KYIV, Feb. 24 —”
    re.compile(rf"^(?:[A-Z][A-Z.'’-]+,? ?){{1,4}}(?:,? ?{_MONTH} \d{{1,2}})? ?(?:-{{1,2}}|–|—)\s+(?=[A-Z“\"])"),
    # A heading within the text: “RESIDENTS TOLD TO LEAVE The governor said …”
    re.compile(r"^(?:[A-Z][A-Z'’-]+ ){3,10}(?=[A-Z][a-z])"),
    # “By the ABC Wire Staff”
    re.compile(r"^By the [A-Z]{2,5}(?: [A-Z]\w+)? Staff\s+(?=[A-Z])"),
    # “By Jane Roe and Bo Lind, CNN”, “From Jane Roe, Bo Lind and Cy Moor, CNN”
    re.compile(rf"^(?:By|From) {_NAME}(?:(?:, | and ){_NAME})*, [A-Z]{{2,5}}\s+(?=[A-Z])"),
    # “Port falls, updated: Wed Aug 10 2011 10:52:00”
    re.compile(r"^.{0,140}?\bupdated: .{0,30}?\d\d:\d\d(?::\d\d)?\s+(?=[A-Z])"),
    # “By Jane Roe BBC News, Los Angeles”, “By Jane Roe, Science Editor”
    re.compile(
        r"^By [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}(?:,? (?:[A-Z]+ (?:News|Sport)|[A-Z]\w+ [Ee]ditor))?,?\s+(?=[A-Z])"
    ),
)  # fmt: skip

_NEVER = re.compile(
    r"https?:|www\.|©|\bcopyright\b|all rights reserved|\bclick\b|\bsubscribe\b|\bsign up\b|\bfollow us\b|e-?mail|"
    r"\b(?:Reporting|Writing|Editing|Additional reporting|Compiled) by\b|\bread more\b|last updated|"
    r"not responsible for|"
    r"\b(?:Photograph|Photo|Image|Picture|Video|Source|Caption)s?: |REUTERS/|"
    r"\bfile (?:photo|picture|image)\b|\bPhoto by\b|live blog|"
    r"^\W*(?:Above|Below|Left|Right|See also|Related|More on|Share|Watch|Listen)\b:?",
    re.I,
)
# A picture is described in the present and ends with the full date, without “on”: “… in Taipei May 22, 2009.”
_CAPTION = re.compile(rf"(?<!\bon)(?<!\bsince)(?<!\buntil)(?<!\bof) {_MONTH} \d{{1,2}}, \d{{4}}\.?$")
_PERSONAL = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us)\b(?!\.)")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)")
_PRONOUN = re.compile(r"(?:Meanwhile,? )?(?:He|She|It|They|His|Her|Its|Their|Him|Them|he|she|it|they)\b")
_BACK = re.compile(r"(?:This|That|These|Those|Both|Such|Another|Others?|Some)\b")
_JOINED = re.compile(r"(?:But|And|So|Or|Yet|However|Also|Then|Instead|Still|Nor|Because|Which|Who|Among them)\b")
_NAMELESS = re.compile(r"(?:The|That|This|One|Two|Three|A|An)(?: [a-z][\w'’-]*){1,4}")
# Within a name: “Health and Social Affairs”.
# “The Agency is searching”: which one, only the sentence before says.
_BODIES = r"Agency|Ministry|Commission|Committee|Council|Court|Department|Company|President|Minister|Institute"
_VERBS = (
    r"is|are|was|were|has|have|had|will|would|can|could|may|might|did|does|do|said|says|told|came|comes|began|took|takes|"
    r"gave|met|left|went|made|[a-z]+ed|[a-z]+es"
)
_BODY = re.compile(rf"The (?:{_BODIES})(?: (?:{_VERBS})\b|,)")
_SAID_SO = re.compile(r"\b(?:said|says|told|stated|announced|reported|wrote|noted|added) (?:this|that,|so)\b")
# “If convicted he may”, “Prosecutors say he”: who, only the sentence before says.
_SOMEBODY_ELSE = re.compile(
    r"(?:If|When|While|As|After|Before|Since|Although|Though|In|On|At|Using|Asked|[A-Z][a-z]+s|[A-Z]\w+ [a-z]+s) "
    r"[^A-Z“\"‘]*?\b(?:he|she|him)\b"
)
_DIGIT = re.compile(r"\d")
_LINKS = frozenset({"and", "of", "for", "in", "the", "at", "to", "on", "a", "an", "or", "with", "from", "by"})
# What begins a sentence even before a name, and what does so even after one.
_LEADERS = frozenset({"On", "In", "At", "But", "An", "His", "Her", "Speaking", "According"})
_SUBJECTS = frozenset({"The", "But", "He", "She", "They", "His", "There", "On"})
_WHEN = re.compile(rf"(?:On|Late|Early|Since|By|Until|Last|Earlier)? ?(?:on )?{_DAY}\b", re.I)


def proper(text: str, title: str = "", common: Callable[[str], bool] | None = None) -> str:
    """The sentence without what stands before it and is none of it, to the letter.

    Arguments: text, one passage; title, of its article; common, whether a capitalised word is an ordinary one, as told
    by how it is written elsewhere: after it a headline that is glued to a sentence is known to end.
    """
    text = " ".join(text.split())
    if title and len(title) > 10 and text.startswith(title) and len(text) > len(title) + 20:
        text = text[len(title) :].lstrip(" .:-–—|")
    for head in _HEADS:
        found = head.match(text)
        if found:
            text = text[found.end() :]
    return _without_headline(text, common) if common else text


def grade(text: str) -> float:
    """How well a sentence can be read alone, 0 (not at all) to 1. Arguments: text, as `proper` gives it."""
    words = text.split()
    if not LEAST <= len(words) <= MOST or not re.match(r"[A-Z0-9“\"‘'$£€]", text) or _NEVER.search(text):
        return 0.0
    if not re.search(r"[.!][”\"’')]*$", text) or _CAPTION.search(text) or text.count('"') % 2 or _open_marks(text):
        return 0.0
    outside = _QUOTED.sub(" ", text)
    if len(re.findall(r"[A-Za-z]{2,}", outside)) < 3 or _PERSONAL.search(outside):
        return 0.0
    if sum(len(word.strip(".,'’s")) < 2 for word in words) > 0.25 * len(words) or _figures(text):
        return 0.0
    return _standing(text)


def _standing(text: str) -> float:
    """What a sentence that may stand loses by leaning on the one before."""
    bare = text.lstrip("“\"‘'")
    if _PRONOUN.match(bare):
        return 0.0
    found = 1.0
    if _BACK.match(bare) or _JOINED.match(bare):
        found *= 0.4
    elif _BODY.match(bare):
        found *= 0.5
    elif _NAMELESS.match(bare) and not re.search(r"[a-z,] [“\"‘']?[A-Z]", " ".join(bare.split()[1:12])):
        found *= 0.8
    if _WHEN.match(bare):
        found *= 0.9
    if _SAID_SO.search(bare) or _SOMEBODY_ELSE.match(bare):
        found *= 0.4
    if text[0] in "“\"‘'":
        found *= 0.8
    return found


def _open_marks(text: str) -> bool:
    """Whether a quotation or a bracket is open at either end."""
    return text.count("“") != text.count("”") or text.count("(") != text.count(")")


def _figures(text: str) -> bool:
    """Whether a text is a table or a list rather than a sentence."""
    return len(_DIGIT.findall(text)) > 0.2 * len(text) or text.count("|") > 1 or text.count(";") > 3


def _without_headline(text: str, common: Callable[[str], bool]) -> str:
    """The sentence after a headline or caption that no stop parts from it; the text itself where there is none.

    A word that is written small elsewhere stands in capitals within a sentence only where another one begins, or in a
    name. In a headline whose words are all in capitals that says nothing, so then nothing is cut.
    """
    words = text.split(" ")
    starts = [place for place in range(2, min(len(words) - LEAST, 30)) if _begins(words, place, common)]
    if not starts or len(starts) > 2 or _titled(words[1 : starts[0]]):
        return text
    return " ".join(words[starts[-1] :])


def _begins(words: list[str], place: int, common: Callable[[str], bool]) -> bool:
    """Whether another sentence begins at a word, rather than a name: neither neighbour may make it part of one."""
    before, word, after = words[place - 1], words[place], words[place + 1].strip(".,;:?!'’\"”")
    if not re.fullmatch(r"[A-Z][a-z]+", word) or not re.search(r"[\w'’\"”]$", before) or not common(word):
        return False
    if before.lower() in _LINKS or after == "of" or (after[:1].isupper() and word not in _LEADERS):
        return False
    return not before[:1].isupper() or (word in _SUBJECTS and after[:1].islower())


def _titled(words: list[str]) -> bool:
    capitals = sum(word[:1].isupper() for word in words)
    return capitals > 0.6 * len(words)


def dateline(text: str) -> int:
    """How many characters stand before a sentence as its dateline or the time of its last update."""
    return max((found.end() for found in (head.match(text) for head in _HEADS) if found), default=0)
