"""The knowledge base over HTTP: JSON to GET, described by OpenAPI at /openapi.json, with pages to try it at /docs.

Here it only reads; kb.serve.writing adds what writes. An answer carries the graph's version as its ETag, so that asking
again for what has not changed costs one short statement. What is wrong is told as problem+json (RFC 9457).
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, BeforeValidator, Field
from starlette.exceptions import HTTPException as StarletteError

from kb import ask
from kb.access import bearer
from kb.api import Base
from kb.ask.claims import ClaimFilter
from kb.errors import BadInput, InvalidDate, KbError, NotFound, QueryError, StoreDenied
from kb.serve import plain
from kb.version import __version__

PROBLEM = "application/problem+json"
MOST = 200  # rows of one answer
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_STATUS: tuple[tuple[type[KbError], int], ...] = (
    (NotFound, 404), (InvalidDate, 400), (BadInput, 400), (StoreDenied, 403), (QueryError, 400), (KbError, 503),
)  # fmt: skip
TITLES = {400: "The question cannot be used", 401: "A token is asked for", 403: "This is not allowed",
           404: "There is no such thing", 405: "This cannot be done here", 411: "Its length is not told",
           413: "It is too long", 422: "The question cannot be used",
           503: "The graph does not answer"}  # fmt: skip


def _written(day: Any) -> Any:
    """A day as it is written: what stands for a date by seconds since 1970 is none."""
    if isinstance(day, str) and not _DAY.fullmatch(day):
        raise ValueError("a day is written 2022-02-24")
    return day


Day = Annotated[dt.date | None, BeforeValidator(_written), Query(description="A day, 2022-02-24.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Most rows.")]
Called = Annotated[str | None, Query(max_length=200, description="A name, another name, or an id.")]
Words = Annotated[str | None, Query(max_length=200, description="Words of a title or a sentence.")]
After = Annotated[str | None, Query(max_length=400, description="`next` of the page before.")]


class Problem(BaseModel):
    """What is wrong, after RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class Question(BaseModel):
    """A reading query in Cypher."""

    query: str = Field(max_length=20_000, examples=["MATCH (e:Event) RETURN e.edtf, e.title LIMIT 5"])
    parameters: dict[str, Any] = Field(default_factory=dict)
    limit: int = Field(default=100, ge=1, le=10_000)


def application(base: Base, token: str | None = None) -> FastAPI:
    """The application over an open knowledge base. Arguments: the base; token, which every question must bear that
    bears no token of a user (kb.access).
    """  # noqa: D205 - the arguments are told together
    answers: dict[int | str, dict[str, Any]] = {
        code: {"model": Problem, "content": {PROBLEM: {}}, "description": TITLES[code]} for code in (400, 404, 422, 503)
    }
    app = FastAPI(
        title="Eventline", version=__version__, summary="Dated events, people and claims, each with its sentence.",
        description="Dates are EDTF. What is not `asserted` is told as what it is.",
        responses=answers, dependencies=[Depends(_bearer(token, base.store.settings.data_dir))],
    )  # fmt: skip
    _told_as_problems(app)
    _events(app, base)
    _names_and_claims(app, base)
    _stories(app, base)
    return app


def _bearer(token: str | None, data_dir: Path) -> Callable[[Request], None]:
    def check(request: Request) -> None:
        given = token_of(request)
        if token and not secrets.compare_digest(given.encode(), token.encode()) and not bearer(data_dir, given):
            raise unknown()

    return check


def token_of(request: Request) -> str:
    """The token that a question bears, "" for none."""
    return request.headers.get("authorization", "").removeprefix("Bearer ").strip()


def unknown() -> HTTPException:
    """Say that a token is asked for."""
    return HTTPException(401, "Give the token: Authorization: Bearer …", {"WWW-Authenticate": "Bearer"})


def problem(status: int, detail: str, headers: Any = None) -> JSONResponse:
    """An answer that says what is wrong, after RFC 9457."""
    body = Problem(title=TITLES.get(status, "It failed"), status=status, detail=detail)
    return JSONResponse(body.model_dump(), status, headers=headers, media_type=PROBLEM)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _told_as_problems(app: FastAPI) -> None:
    @app.exception_handler(KbError)
    def ours(_: Request, error: KbError) -> JSONResponse:
        return problem(next(code for kind, code in _STATUS if isinstance(error, kind)), str(error))

    @app.exception_handler(RequestValidationError)
    def words(_: Request, error: RequestValidationError) -> JSONResponse:
        told = (f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
        return problem(422, "; ".join(told))

    @app.exception_handler(StarletteError)
    def theirs(_: Request, error: StarletteError) -> Response:
        if error.status_code == 304:
            return Response(status_code=304, headers=error.headers)
        return problem(error.status_code, str(error.detail), error.headers)


def _unless_known(base: Base) -> Callable[[Request, Response], None]:
    """Give an answer the version of the graph as its ETag, and none where the asker has it already (RFC 9110)."""

    def check(request: Request, response: Response) -> None:
        known = {"etag": f'W/"{ask.Present(base.store).version}-{__version__}"', "cache-control": "private, no-cache"}
        if request.headers.get("if-none-match") == known["etag"]:
            raise HTTPException(304, headers=known)
        response.headers.update(known)

    return check


def _events(app: FastAPI, base: Base) -> None:
    tag = [Depends(_unless_known(base))]

    @app.get("/v1/events", dependencies=tag, tags=["events"])
    def events(
        who: Called = None, where: Called = None, text: Words = None, earliest: Day = None, latest: Day = None,
        part_of: Called = None, salience: Annotated[float, Query(ge=0, le=1)] = 0.0,
        order: Literal["time", "importance"] = "time", after: After = None, limit: Limit = 50,
    ) -> dict[str, Any]:  # fmt: skip
        """Dated events that fit, each with the sentence that tells it best: in the order of time, page by page (`next`
        leads on), or the most important.
        """  # noqa: D205 - OpenAPI shows it whole
        wanted: dict[str, Any] = {"who": who, "where": where, "text": text, "earliest": _iso(earliest),
                                  "latest": _iso(latest), "part_of": part_of, "salience": salience}  # fmt: skip
        if order == "importance":
            rows = base.told(base.timeline(**wanted, limit=limit))
            return {"events": [plain.told(row) for row in rows], "next": None}
        page = base.chronology(**wanted, after=after, limit=limit)
        return {"events": [plain.told(row) for row in page.rows], "next": "~".join(page.after) if page.after else None}

    @app.get("/v1/events/{id}", dependencies=tag, tags=["events"])
    def event(id: str) -> dict[str, Any]:
        """An event: who, where, every sentence, what is claimed of it."""
        return plain.whole_event(base.event(id))

    @app.get("/v1/events/{id}/why", dependencies=tag, tags=["events"])
    def why(id: str) -> dict[str, Any]:
        """How its date was reached."""
        return {"reasons": base.why(id).to_dicts()}


def _names_and_claims(app: FastAPI, base: Base) -> None:
    tag = [Depends(_unless_known(base))]

    @app.get("/v1/names/{name}", dependencies=tag, tags=["names"])
    def name(name: str) -> dict[str, Any]:
        """A person, an organisation, a place or a thing, by name or id."""
        return plain.name(base.person(name))

    @app.get("/v1/claims", dependencies=tag, tags=["claims"])
    def claims(
        speaker: Called = None, event: Called = None, text: Words = None, said_from: Day = None, said_to: Day = None,
        after: After = None, limit: Limit = 50,
    ) -> dict[str, Any]:  # fmt: skip
        """Who said what, in the order of saying, page by page."""
        wanted = ClaimFilter(speaker=base.id_of(speaker), event=event and ask.canonical(base.store, event), text=text,
                             said_from=_iso(said_from), said_to=_iso(said_to))  # fmt: skip
        page = ask.claim_page(base.store, wanted, after=after, limit=limit)
        return {"claims": plain.claims(page.rows), "next": page.after}


def _stories(app: FastAPI, base: Base) -> None:
    tag = [Depends(_unless_known(base))]

    @app.get("/v1", dependencies=tag, tags=["graph"])
    def graph() -> dict[str, Any]:
        """What the graph holds."""
        found = ask.overview(base.store)
        return {"version": __version__, "articles": found.articles, "events": found.events, "claims": found.claims,
                "people": found.people, "first": found.first, "last": found.last}  # fmt: skip

    @app.get("/v1/search", dependencies=tag, tags=["graph"])
    def search(
        q: Annotated[str, Query(min_length=1, max_length=300)], semantic: bool = False, limit: Limit = 10
    ) -> dict[str, Any]:
        """Words in events, names, claims, sentences and articles; “in quotation marks”, begin*, and dates in words.

        With semantic the sentences that mean the same, the nearest first: `near` is 0 to 1.
        """
        return plain.search(base.search(q, semantic=semantic, limit=limit))

    @app.get("/v1/digest", dependencies=tag, tags=["graph"])
    def digest(days: Limit = 20, earliest: Day = None, latest: Day = None) -> dict[str, Any]:
        """The story in its most important days."""
        return {"days": plain.digest(base.digest(days=days, earliest=_iso(earliest), latest=_iso(latest)))}

    @app.post("/v1/cypher", tags=["graph"])
    def cypher(asked: Question) -> dict[str, Any]:
        """Ask in Cypher, reading only."""
        return {"rows": base.cypher(asked.query, limit=asked.limit, **asked.parameters).to_dicts()}
