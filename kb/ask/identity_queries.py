"""What the screens ask about identity: what may be one, what was merged into one, and what humans decided.

Every function raises StoreError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations, product
from typing import Any

from kb import decisions
from kb.ask import identity_statements as cypher
from kb.ask import records
from kb.ask.identity_rows import DecisionRow, EntityCard, Merged, Sentence, Side, Suggestion
from kb.ask.query_rows import ArticleRow, Named, human
from kb.models import Decision
from kb.store import Store

Row = Mapping[str, Any]

_KINDS = {
    "Event": (cypher.EVENT_FACTS, cypher.EVENT_SENTENCES),
    "Entity": (cypher.ENTITY_FACTS, cypher.ENTITY_SENTENCES),
}


def suggestions(store: Store, limit: int = 50, *, of: str | None = None) -> list[Suggestion]:
    """Pairs that may be one and on which nobody ruled, those that settle most facts first.

    Arguments: the open store; limit, most pairs; of, the id of an event or entity that one side has to be. One pair is
    given for any two that stand for several referents: the surest comparison.
    """
    wanted = canonical(store, of) if of else None
    found: list[Suggestion] = []
    for label, (facts, _) in _KINDS.items():
        pairs = _pairs(store.run(cypher.DOUBTFUL.replace("LABEL", label)), _ruled(store, label), wanted)
        ids = sorted({id for pair in pairs for id in pair})
        known = {row["id"]: row for row in store.run(facts, ids=ids)} if ids else {}
        found += [_suggestion(row, known) for pair, row in pairs.items() if set(pair) <= known.keys()]
    found.sort(key=lambda s: (-s.settles, -s.score, s.one.name, s.one.id, s.other.id))
    return _with_sentences(store, found[:limit])


def merged_from(store: Store, id: str) -> list[Merged]:
    """The referents that make up an event or entity, most telling first; [] for anything else.

    Arguments: the open store; the id of any of its referents. A referent that no article names any more is left out.
    """
    label = decisions.label_of(store, id)
    if label not in _KINDS:
        return []
    together = list(decisions.clusters_of(store, label, [id])[id])
    told: dict[str, list[Row]] = {}
    for row in store.run(cypher.TELLINGS if label == "Event" else cypher.NAMINGS, ids=together):
        told.setdefault(row["referent"], []).append(row)
    reasons = _reasons(store, label, together) if len(told) > 1 else {}
    order = sorted(told, key=lambda referent: (-told[referent][0]["rank"], referent))
    return [_merged(referent, told[referent], reasons.get(referent, "")) for referent in order]


def tellings(merged: Iterable[Merged]) -> list[tuple[Merged, ArticleRow, str]]:
    """Each telling of each referent: the referent, the article, and what to split by so that only this one goes."""
    return [
        (one, article, one.id if len(one.articles) == 1 else article.id) for one in merged for article in one.articles
    ]


def canonical(store: Store, id: str) -> str:
    """The id of what stands for a referent now: its own, unless it was merged. An unknown id is given back."""
    label = decisions.label_of(store, id)
    return decisions.clusters_of(store, label, [id])[id][0] if label else id


def entity(store: Store, id: str) -> EntityCard | None:
    """A person, an organisation or a place in short; None when there is none."""
    found = store.run(cypher.ENTITY, id=id)
    if not found:
        return None
    row = found[0]
    own = {name: row[name] for name in ("id", "name", "mentions", "articles", "events", "claims")}
    return EntityCard(**own, kind=_kind(row["labels"]), subtype=row["subtype"] or "", country=row["country"] or "",
                      aliases=tuple(row["aliases"] or ()))  # fmt: skip


def decision_rows(store: Store, revoked: bool = True, limit: int = 200) -> list[DecisionRow]:
    """Decisions with the names of what they judge, latest first. Arguments: revoked, those taken back too; limit."""
    found = decisions.decisions(store, revoked=revoked, limit=limit)
    ids = sorted({id for d in found for id in (*d.targets, *d.others, *_article(d))})
    names = {row["id"]: records.named(row) for row in store.run(cypher.NAMES_OF, ids=ids)} if ids else {}
    return [DecisionRow(d, _named(d.targets, names), _named((*d.others, *_article(d)), names)) for d in found]


def _article(decision: Decision) -> tuple[str, ...]:
    return (decision.value,) if decision.field == "article" and decision.value else ()


def _named(ids: Iterable[str], names: Mapping[str, Named]) -> tuple[Named, ...]:
    return tuple(names.get(id, Named(id, id)) for id in ids)


def _kind(labels: Iterable[str]) -> str:
    return next((label for label in labels if label != "Entity"), "Entity")


def _ruled(store: Store, label: str) -> set[frozenset[str]]:
    """Pairs of what stands for referents on which a standing decision says whether they are one."""
    rows = store.run(cypher.RULED)
    every = {id for row in rows for id in (*row["targets"], *(row["others"] or ()))}
    known = decisions.clusters_of(store, label, every)
    ruled: set[frozenset[str]] = set()
    for row in rows:
        left, right = ({known[id][0] for id in row[side] or () if id in known} for side in ("targets", "others"))
        ruled |= {
            frozenset(pair) for pair in (combinations(left, 2) if row["kind"] == "same" else product(left, right))
        }
    return ruled


def _pairs(rows: Iterable[Row], ruled: set[frozenset[str]], wanted: str | None) -> dict[tuple[str, str], Row]:
    """The surest comparison of each two that are open."""
    best: dict[tuple[str, str], Row] = {}
    for row in sorted(rows, key=lambda r: (-r["score"], r["reason"], r["one_referent"], r["other_referent"])):
        one, other = row["one"], row["other"]
        if (wanted in (one, other) or wanted is None) and frozenset((one, other)) not in ruled:
            best.setdefault((min(one, other), max(one, other)), row)
    return best


def _suggestion(row: Row, known: Mapping[str, Row]) -> Suggestion:
    sides = [_side(known[row[end]], row[f"{end}_referent"]) for end in ("one", "other")]
    more, less = sorted(sides, key=lambda side: (-side.facts, side.name, side.id))
    return Suggestion(more, less, row["score"], row["reason"])


def _side(row: Row, referent: str, sentence: Sentence | None = None) -> Side:
    return Side(row["id"], row["name"], _kind(row["labels"]), row["edtf"], row["facts"], row["articles"], referent,
                sentence)  # fmt: skip


def _with_sentences(store: Store, found: list[Suggestion]) -> list[Suggestion]:
    sides = {side.referent: side for each in found for side in (each.one, each.other)}
    told: dict[str, Sentence] = {}
    for label, (_, statement) in _KINDS.items():
        rows = [
            {"id": s.id, "referent": s.referent} for s in sides.values() if (s.kind == "Event") == (label == "Event")
        ]
        for row in store.run(statement, rows=rows) if rows else ():
            told.setdefault(row["referent"], Sentence(row["text"], row["start"], row["end"], records.article_row(row)))
    return [replace(each, one=replace(each.one, sentence=told.get(each.one.referent)),
                    other=replace(each.other, sentence=told.get(each.other.referent))) for each in found]  # fmt: skip


def _reasons(store: Store, label: str, together: list[str]) -> dict[str, str]:
    """Why each referent is one with others of them: a human's word, else the surest comparison."""
    reasons: dict[str, str] = {}
    for row in store.run(cypher.JOINS.replace("LABEL", label), ids=together):
        reasons.setdefault(row["referent"], row["reason"])
    for row in store.run(cypher.RULED):
        if row["kind"] == "same":
            why = f": {row['reason']}" if row["reason"] else ""
            said = f"{row['by']} said so on {human(row['at'][:10])}{why}"
            reasons |= {id: said for id in row["targets"] if id in together}
    return reasons


def _merged(referent: str, rows: list[Row], reason: str) -> Merged:
    return Merged(referent, rows[0]["name"], rows[0]["edtf"], tuple(records.article_row(row) for row in rows), reason)
