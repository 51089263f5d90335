"""What writes over HTTP: articles, decisions and their undoing, each in the name of whoever bears the token.

A token is made by `kb user token` (kb.access). An editor adds articles, decides and takes back; an admin withdraws
articles too. A decision can be asked for without being made (`dry_run`), which tells what it would change.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from pydantic import BaseModel, Field

from ingest.revising import decide
from ingest.revising.revise import Revision, apply
from kb import decisions
from kb.access import Role, User, bearer
from kb.api import Base
from kb.errors import BadInput
from kb.serve.http import PROBLEM, TITLES, Problem, problem, token_of, unknown

LONGEST = 2_000_000  # bytes of what is sent
DryRun = Annotated[bool, Query(description="Only tell what it would change.")]
Words = Annotated[str, Field(max_length=300)]


class Article(BaseModel):
    """An article to read: its text, paragraphs parted by a blank line, and what is known of it."""

    text: str = Field(min_length=1, max_length=1_000_000, examples=["The two sides met in Geneva on 3 May 2022."])
    url: str | None = Field(default=None, max_length=2_000, examples=["https://example.org/talks"])
    title: str | None = Field(default=None, max_length=500)
    publisher: str | None = Field(default=None, max_length=200)
    published: str | None = Field(default=None, max_length=40, examples=["2022-05-04"], description="A date as EDTF.")


class Ruling(BaseModel):
    """A decision to make: of what kind, on which ids, and why. field and value belong to an edit alone."""

    kind: Literal["same", "different", "split", "edit", "reject", "remove"]
    ids: list[Words] = Field(min_length=1, max_length=50)
    field: str | None = Field(default=None, max_length=40, examples=["title"])
    value: str | None = Field(default=None, max_length=2_000)
    reason: str = Field(default="", max_length=2_000)


def writing(app: FastAPI, base: Base) -> None:
    """Let an application write. Arguments: the application; the base, opened for writing."""

    @app.middleware("http")
    async def bounded(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        return _too_long(request) or await go_on(request)

    _articles(app, base)
    _decisions(app, base)


def _too_long(request: Request) -> Response | None:
    """A problem where more is sent than is read, or nobody knows how much."""
    if request.method != "POST":
        return None
    told = request.headers.get("content-length", "")
    if not told.isdecimal():
        return problem(411, "Say how long it is: Content-Length.")
    return problem(413, f"At most {LONGEST:,} bytes are taken.") if int(told) > LONGEST else None


def _signed(base: Base, least: Role) -> Callable[[Request], User]:
    """Who bears the token, if that one may do so much."""

    def check(request: Request) -> User:
        user = bearer(base.store.settings.data_dir, token_of(request))
        if user is None:
            raise unknown()
        if not user.may(least):
            raise HTTPException(403, f"{user.name} is {user.role}; this is for the role {least} or above.")
        return user

    return check


def _articles(app: FastAPI, base: Base) -> None:
    editor = Depends(_signed(base, "editor"))

    @app.post("/v1/articles", status_code=201, tags=["writing"], responses=_refusals())
    def add(article: Article, _: User = editor) -> dict[str, Any]:
        """Read an article into the graph; the same again changes nothing. What was found of it, by kind."""
        with tempfile.TemporaryDirectory(prefix="article-") as folder:
            path = Path(folder) / "article.jsonl"
            path.write_text(json.dumps(_document(article)) + "\n", encoding="utf-8")
            [became] = base.ingest(path).articles
        if became.status == "failed":
            raise BadInput(became.reason.replace(str(path), "The article"))
        return {"id": became.article_id, "status": became.status, "found": dict(became.counts),
                "note": became.reason or None}  # fmt: skip


def _document(article: Article) -> dict[str, Any]:
    """An article as a line of JSONL, known by its address or by its text."""
    own = article.url or f"http-{hashlib.sha256(article.text.encode('utf-8', 'replace')).hexdigest()[:20]}"
    return {"doc_id": own, **{name: value for name, value in article.model_dump().items() if value}}


def _decisions(app: FastAPI, base: Base) -> None:
    editor = Depends(_signed(base, "editor"))

    @app.get("/v1/decisions", tags=["writing"])
    def listed(revoked: bool = False, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> dict[str, Any]:
        """What was decided, the latest first: what, by whom, when and why."""
        found = decisions.decisions(base.store, revoked=revoked, limit=limit)
        return {"decisions": [one.model_dump() for one in found]}

    @app.post("/v1/decisions", status_code=201, tags=["writing"], responses=_refusals())
    def make(ruling: Ruling, dry_run: DryRun = False, user: User = editor) -> dict[str, Any]:
        """Decide something, or see what it would change. `edit` sets a field of one id; `split` takes parts out of the
        first; `reject` says that an event, a name or a claim is none; `remove` withdraws an article (an admin's).
        """  # noqa: D205 - OpenAPI shows it whole
        if ruling.kind == "remove" and not user.may("admin"):
            raise HTTPException(403, f"{user.name} is {user.role}; only an admin withdraws articles.")
        return _done(base, _revision(base, ruling, user), user, dry_run=dry_run)

    @app.post("/v1/decisions/{id}/undo", tags=["writing"], responses=_refusals())
    def undo(id: str, dry_run: DryRun = False, user: User = editor) -> dict[str, Any]:
        """Take a decision back, however old; what was decided since stays."""
        return _done(base, decide.undo(base.store, id), user, dry_run=dry_run)


def _revision(base: Base, ruling: Ruling, user: User) -> Revision:
    """What a decision changes. Raises: BadInput."""
    store, ids, who = base.store, ruling.ids, {"by": user.name, "reason": ruling.reason}
    if ruling.kind in ("edit", "reject", "remove") and len(ids) != 1:
        raise BadInput(f"To {ruling.kind}, give one id.")
    if (ruling.kind == "edit") != (ruling.field is not None and ruling.value is not None):
        raise BadInput("An edit, and nothing else, has a field and a value.")
    if ruling.kind == "edit":
        return decide.edit(store, ids[0], ruling.field or "", ruling.value or "", **who)
    if ruling.kind == "reject":
        return decide.reject(store, ids[0], **who)
    if ruling.kind == "remove":
        return decide.remove(store, ids[0], **who)
    if len(ids) < 2:
        raise BadInput(f"For {ruling.kind}, give two ids or more.")
    if ruling.kind == "split":
        return decide.split(store, ids[0], ids[1:], **who)
    return decide.same(store, ids, **who) if ruling.kind == "same" else decide.different(store, ids, **who)


def _done(base: Base, revision: Revision, user: User, *, dry_run: bool) -> dict[str, Any]:
    """Apply it, unless it is only tried, and tell what changes."""
    if not dry_run:
        with decisions.in_the_name_of(user.name):
            apply(base.store, revision)
    made = revision.decision
    return {"applied": not dry_run, "decision": made.model_dump() if made else None,
            "revoked": [one.id for one in revision.revoked],
            "effects": [one.plain() for one in revision.effects]}  # fmt: skip


def _refusals() -> dict[int | str, dict[str, Any]]:
    """What else may be answered, as OpenAPI tells it."""
    return {code: {"model": Problem, "content": {PROBLEM: {}}, "description": TITLES[code]}
            for code in (401, 403, 411, 413)}  # fmt: skip
