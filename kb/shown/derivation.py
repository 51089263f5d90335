"""How a date was reached, as one readable line: phrase → anchor → rule → value."""

from __future__ import annotations

from collections.abc import Iterable

from kb.edtf import Edtf

_ANCHOR = {"Article": "the publication date", "Event": "the event", "TimeExpression": "the expression"}


def derive(
    phrase: str,
    rule: str,
    edtf: str | None,
    anchor_kind: str | None = None,
    anchor_text: str | None = None,
    anchor_edtf: str | None = None,
    candidates: Iterable[str] = (),
) -> str:
    """The line that explains a date.

    Arguments: phrase, the words in the text; rule, the rule's name ("year-of-event"); edtf, the value, None when the
    phrase is tied to no date; anchor_kind, the label of what it was counted from ("Article", "Event",
    "TimeExpression") or None; anchor_text and anchor_edtf, its words and its date; candidates, all values that the
    words may have, the chosen one among them.
    """
    parts = [f"“{joined(phrase)}”"]
    if anchor_kind:
        parts.append(_anchor(anchor_kind, anchor_text, anchor_edtf))
    if rule:
        parts.append(rule.replace("_", " ").replace("-", " "))
    rivals = [_human(other) for other in candidates if other != edtf]
    parts.append(_value(edtf) + (f", rather than {' or '.join(rivals)}" if rivals else ""))
    return " → ".join(parts)


def joined(words: str) -> str:
    """Words on one line, whatever line breaks they have in their text."""
    return " ".join(words.split())


def _anchor(kind: str, text: str | None, edtf: str | None) -> str:
    words = f"counted from {_ANCHOR.get(kind, kind)}"
    if text and kind != "Article":
        words += f" “{joined(text)}”"
    return f"{words} ({_human(edtf)})" if edtf else words


def _value(edtf: str | None) -> str:
    return f"{edtf} ({_human(edtf)})" if edtf and _human(edtf) != edtf else edtf or "no date"


def _human(edtf: str) -> str:
    date = Edtf.of(edtf)
    return date.human() if date else edtf
