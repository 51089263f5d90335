"""From the records that a statement gives to the rows of `query_rows`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.ask.query_rows import (
    ArticleDetail,
    ArticleRow,
    ClaimRow,
    EntityRow,
    Highlight,
    Named,
    Participant,
    Report,
    TimelineRow,
    human,
    sure,
)
from kb.shown.derivation import derive

Row = Mapping[str, Any]


def _kind(labels: Sequence[str] | None) -> str:
    return next((label for label in labels or () if label != "Entity"), "")


def timeline_row(row: Row) -> TimelineRow:
    """A row of TIMELINE, UNDATED or EVENT."""
    names = {"people": tuple(sorted(row["people"])), "organizations": tuple(sorted(row["organizations"]))}
    own = {name: row[name] for name in TimelineRow.__dataclass_fields__}
    return TimelineRow(**{**own, **names, "reports": row["reports"] or 0, "sources": row["sources"] or 1})


def named(row: Row) -> Named:
    """A node's id, name, labels and, for an event, date."""
    return Named(row["id"], row["name"] or row["id"], _kind(row["labels"]), row.get("edtf"))


def participant(row: Row) -> Participant:
    """A row of EVENT_PARTICIPANTS."""
    return Participant(row["id"], row["name"], _kind(row["labels"]), row["role"] or "", row["articles"])


def article_row(row: Row) -> ArticleRow:
    """The article columns of any row."""
    return ArticleRow(
        id=row["article_id"], title=row["article_title"] or "", publisher=row["publisher"] or "", url=row["url"],
        published=row["published"], published_basis=row["published_basis"] or "unknown", source=row["source"] or "",
        events=row.get("events") or 0, claims=row.get("claims") or 0,
    )  # fmt: skip


def report(row: Row) -> Report:
    """A row of EVENT_REPORTS."""
    own = ("passage_id", "text", "start", "end", "trigger", "edtf", "status", "confidence")
    return Report(**{name: row[name] for name in own}, article=article_row(row))


def claim_row(row: Row) -> ClaimRow:
    """A row of CLAIMS."""
    own = ("id", "text", "cue", "direct", "said", "polarity", "modality", "confidence")
    about = sorted((named(x) for x in row["about"]), key=lambda x: (x.edtf or "9", x.name))
    speaker, made_in, addressee = row["speaker_id"], row["made_in_id"], row["addressee_id"]
    return ClaimRow(
        **{name: row[name] for name in own},
        speaker=Named(speaker, row["speaker_name"], _kind(row["speaker_labels"])) if speaker else None,
        speaker_text=row["speaker_text"] or "",
        about_events=tuple(x for x in about if x.kind == "Event"),
        about_entities=tuple(x for x in about if x.kind != "Event"),
        made_in=Named(made_in, row["made_in_title"], "Event", row["made_in_edtf"]) if made_in else None,
        sentence=" ".join(row["sentences"]),
        article=article_row(row),
        force=row["force"] or "said",
        addressee=Named(addressee, row["addressee_name"], _kind(row["addressee_labels"])) if addressee else None,
        addressee_text=row["addressee_text"] or "",
        medium=row["medium"] or "",
    )


def entity_row(row: Row) -> EntityRow:
    """A row of ENTITIES."""
    own = {name: row[name] for name in ("id", "name", "mentions", "events", "claims")}
    return EntityRow(**own, kind=_kind(row["labels"]), aliases=tuple(row["aliases"] or ()))


def _sure(row: Row) -> str:
    return "" if row["confidence"] is None else f" · {sure(row['confidence'])}"


def mention_mark(row: Row) -> Highlight:
    """A row of ARTICLE_MENTIONS."""
    kind = _kind(row["labels"])
    return Highlight(
        row["start"], row["end"], kind.lower(), row["id"], row["name"], f"{kind} · {row['name']}{_sure(row)}"
    )


def event_mark(row: Row) -> Highlight:
    """A row of ARTICLE_EVENTS."""
    doubt = "" if row["status"] == "asserted" else f" · {row['status']}"
    detail = f"Event · {row['title']} · {human(row['edtf'])}{doubt}{_sure(row)}"
    return Highlight(row["start"], row["end"], "event", row["id"], row["title"], detail)


def time_mark(row: Row) -> Highlight:
    """A row of ARTICLE_TIMES; the tooltip is the date's derivation."""
    derivation = derive(row["text"], row["rule"], row["edtf"], _kind(row["anchor_labels"]) or None, row["anchor_text"],
                        row["anchor_edtf"], row["candidates"] or ())  # fmt: skip
    detail = f"Time · {derivation}{_sure(row)}"
    return Highlight(row["start"], row["end"], "time", row["id"], human(row["edtf"]), detail)


def claim_mark(row: Row) -> Highlight:
    """A row of ARTICLE_CLAIMS."""
    speaker = row["speaker"] or "unnamed source"
    said = f"{'Quotation' if row['direct'] else 'Claim'} · {speaker} {row['cue'] or ''}".rstrip()
    detail = f"{said} · said: {human(row['said'])}{_sure(row)}"
    return Highlight(row["start"], row["end"], "claim", row["id"], speaker, detail)


def article_detail(row: Row, marks: Iterable[Highlight], events: Sequence[Row]) -> ArticleDetail:
    """A row of ARTICLE with its highlights and events."""
    ordered = sorted(set(marks), key=lambda h: (h.start, -h.end, h.kind, h.id))
    named_events = {r["id"]: Named(r["id"], r["title"], "Event", r["edtf"]) for r in events}
    number = {"events": len(named_events), "claims": len({h.id for h in ordered if h.kind == "claim"})}
    return ArticleDetail(
        meta=article_row({**row, **number}), authors=tuple(row["authors"] or ()), retrieved_at=row["retrieved_at"],
        text=row["text"], highlights=tuple(ordered), events=tuple(named_events.values()),
    )  # fmt: skip
