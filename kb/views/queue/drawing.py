"""An item of the queue and the progress through it, as HTML; every word from the graph is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from kb.ask.identity import Sentence, Side, Suggestion
from kb.ask.rows import Named
from kb.checks import Evidence
from kb.views.parts.decided import kind_word, linked
from kb.views.parts.markup import article_link, event_link, marked, name_link, published_words, reason_words
from kb.views.queue.items import Item
from kb.words import human, plural, retold, say

_SENTENCES = 4
_NEXT = 4  # that are named


def progress_html(done: int, total: int) -> str:
    """How far a reader is: "3 of 138 done", with a bar."""
    words = say("{done} of {total} done", done=done, total=total)
    return (
        f'<p class="kb-progress"><progress max="{max(total, 1)}" value="{done}" aria-label="'
        f'{say("Done")}"></progress> <span role="status">{words}</span></p>'
    )


def item_html(item: Item) -> str:
    """One item with all that is known of it: what is asked, and the sentences."""
    if item.pair:
        return suggestion_html(item.pair, item.kind.title)
    doubt = item.doubt
    if doubt is None:
        return ""
    settles = (
        (f" <span>{plural(doubt.settles, 'settles {n} fact', 'settles {n} facts')}</span>") if doubt.settles > 1 else ""
    )
    links = " · ".join(_link(one) for one in (*doubt.events, *doubt.entities, *doubt.articles))
    grave = " kb-grave" if item.kind.impossible else ""
    return (
        f'<section class="kb-check{grave}"><header><h2>{escape(retold(item.kind.title))}</h2>'
        f"<p>{escape(retold(item.kind.advice))}</p></header><div><p>{escape(retold(doubt.says))}{settles}</p><nav>{links}</nav>"
        f"{sentences(doubt.evidence)}</div></section>"
    )


def next_html(coming: Sequence[Item], number: int) -> str:
    """What comes after the item that is shown. Arguments: the first of it; how many there are."""
    rows = "".join(
        f"<li>{escape(item.shown)} <small>{escape(retold(item.kind.title))}</small></li>" for item in coming[:_NEXT]
    )
    more = number - len(coming[:_NEXT])
    rest = f'<p class="kb-hint">{plural(more, "and {n} more", "and {n} more")}</p>' if more > 0 else ""
    return f'<section class="kb-next"><h2>{say("Then")}</h2><ol>{rows}</ol>{rest}</section>'


def suggestion_html(each: Suggestion, title: str) -> str:
    """Two that may be one, side by side, with why. Arguments: the pair; title, of its kind."""
    settles = (
        (f" <span>{plural(each.settles, 'settles {n} fact', 'settles {n} facts')}</span>") if each.settles > 1 else ""
    )
    why = escape(_sentence_case(reason_words(each.reason)))
    return (
        f'<section class="kb-pair"><header><h2>{escape(retold(title))}</h2><p>{why}{settles}</p></header>'
        f"<div>{_side(each.one)}{_side(each.other)}</div></section>"
    )


def sentences(evidence: tuple[Evidence, ...]) -> str:
    """The sentences behind a doubt, those of one article together; of many, the first few."""
    parts = []
    spans: dict[tuple[Named, str], list[tuple[int, int]]] = {}
    for one in evidence:
        spans.setdefault((one.article, one.text), []).append((one.start, one.end))
    shown = list(spans.items())[:_SENTENCES]
    for article, group in groupby(shown, key=lambda one: one[0][0]):
        said = "".join(f"<p>{marked(text, *places)}</p>" for (_, text), places in group)
        source = article_link(article.name, article.id)
        parts.append(f'<blockquote class="kb-quote">{said}<footer>{source}</footer></blockquote>')
    more = len(spans) - _SENTENCES
    return "".join(parts) + (
        (f'<p class="kb-hint">{plural(more, "and {n} more sentence", "and {n} more sentences")}</p>')
        if more > 0
        else ""
    )


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def _side(side: Side) -> str:
    told = say(
        "{sentences} in {articles}",
        sentences=plural(side.facts, "{n} sentence", "{n} sentences"),
        articles=plural(side.articles, "{n} article", "{n} articles"),
    )
    when = f"<strong>{escape(human(side.edtf))}</strong> · " if side.when else ""
    return (
        f"<article><h3>{linked(Named(side.id, side.name, side.kind))}</h3>"
        f"<p>{when}{escape(kind_word(side.kind))} · {told}</p>{_sentence(side.sentence)}</article>"
    )


def _sentence(sentence: Sentence | None) -> str:
    if sentence is None:
        return ""
    article = sentence.article
    published = published_words(article.published) if article.published else ""
    source = " · ".join(part for part in (article_link(article.name, article.id),
                                          escape(article.publisher), published) if part)  # fmt: skip
    text = marked(sentence.text, (sentence.start, sentence.end))
    return f'<blockquote class="kb-quote"><p>{text}</p><footer>{source}</footer></blockquote>'


def _link(one: Named) -> str:
    if one.kind == "Article":
        return article_link(one.name, one.id)
    if one.kind != "Event":
        return name_link(one.name, one.id)
    return f"{event_link(one.name, one.id)} ({escape(human(one.edtf))})"
