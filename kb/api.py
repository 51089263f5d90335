"""The knowledge base from Python: `kb.open()`, and what an open one can be asked and told.

    import kb

    with kb.open() as base:
        base.ingest("https://example.org/news/talks")
        talks = base.timeline(text="talks", earliest="2022-03-01", latest="2022-04-30")
        print(talks.to_pandas()[["edtf", "title", "sources"]])
        print(base.event(talks[0].id).reports[0].text)

Every answer is a row of `kb.ask`, a frozen record whose fields its class tells, with the ids that lead on. Who and
where may be given by name or by id. What is merged into another is asked for as that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, is_dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

from ingest.revising import decide
from ingest.revising.effects import Effect
from ingest.revising.revise import Revision, apply, set_published
from kb import ask
from kb.ask.answers import records
from kb.ask.claims import ClaimRow
from kb.ask.dossier import NameDossier, name_dossier
from kb.ask.event import EventDetail
from kb.ask.kept.chronology import ChronologyPage, ChronologyRow, told
from kb.ask.network.picture import NetworkGraph
from kb.ask.past import Past
from kb.ask.search import Found
from kb.ask.timeline import TimelineRow
from kb.ask.why import Reason
from kb.edtf import Edtf
from kb.errors import BadInput, NotFound
from kb.store import Settings, Store, open_store
from kb.store.moments import moment

if TYPE_CHECKING:
    import networkx
    import pandas
    import polars

    from ingest.run import Outcome, Summary
    from kb.digest import Digest

T = TypeVar("T")

ROWS = 500
"""Rows that a question gives where no limit is told."""


class Rows(Sequence[T], Generic[T]):
    """The rows of an answer, which can be turned into a table.

    Index, slice and iterate over it as over a list.
    """

    def __init__(self, rows: Sequence[T]) -> None:
        self._rows = tuple(rows)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Rows[T]: ...
    def __getitem__(self, index: int | slice) -> T | Rows[T]:
        """A row, or some of them."""
        return Rows(self._rows[index]) if isinstance(index, slice) else self._rows[index]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def __iter__(self) -> Iterator[T]:
        """Each row, in order."""
        return iter(self._rows)

    def __repr__(self) -> str:
        """The number of rows, and the first."""
        return f"<{len(self)} rows{f', first {self._rows[0]!r}' if self._rows else ''}>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """Each row as a dict: its fields; what lies within is a dict or a list."""
        return [asdict(row) if is_dataclass(row) and not isinstance(row, type) else dict(row) for row in self._rows]  # type: ignore[call-overload]

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame, a column for each field; dates stay EDTF, as “March 2022” is no day."""
        import pandas  # noqa: PLC0415

        return pandas.DataFrame(self.to_dicts())

    def to_polars(self) -> polars.DataFrame:
        """A polars DataFrame, as `to_pandas`. Raises: BadInput where polars is not installed."""
        try:
            import polars  # noqa: PLC0415
        except ImportError as error:
            raise BadInput("polars is not installed; pip install polars, or take to_pandas()") from error
        return polars.DataFrame(self.to_dicts(), infer_schema_length=None)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision would change; nothing is stored until `apply`.

    effects: what becomes of each shown event, entity and claim.
    """

    revision: Revision
    _store: Store

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What becomes of what is shown."""
        return self.revision.effects

    def apply(self) -> str | None:
        """Store it. Returns: the id of the decision, by which `Base.undo` takes it back. Raises: StoreError."""
        apply(self._store, self.revision)
        return self.revision.decision.id if self.revision.decision else None


class Base:
    """An open knowledge base. Close it, or use it in a `with`.

    Arguments: the open store; as_of, a moment: what is asked is answered as it was recorded then.
    """

    def __init__(self, store: Store, as_of: str | None = None) -> None:
        self._store = store
        self._past = Past(store, moment(as_of)) if as_of else None

    def __enter__(self) -> Self:
        """The base itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the connection; a local server goes on by itself for a while."""
        self._store.close()

    @property
    def store(self) -> Store:
        """The open store, for what `kb.ask` and `kb.export` offer beyond this."""
        return self._store

    def ingest(
        self, *sources: str | Path, published: str | None = None, url: str | None = None, publisher: str | None = None,
        processes: int = 1, allow_private: bool = False, progress: Callable[[Outcome, int], None] | None = None,
    ) -> Summary:  # fmt: skip
        """Read articles: addresses, files, folders, feeds; what fails is in the summary, and the rest goes on.

        Arguments: sources; published (EDTF), url, publisher, where they do not say; processes, how many read at once;
        allow_private, whether addresses of this machine and of private networks are asked; progress, called with what
        became of each article and the number done. Raises: InvalidDate, StoreError.
        """
        from ingest import ingest as take_all  # noqa: PLC0415 (the reader, which no question needs)
        from ingest.read import Given, Web  # noqa: PLC0415

        given = Given(published=Edtf(published) if published else None, url=url, publisher=publisher)
        web = Web(private=allow_private)
        return take_all([str(source) for source in sources], self._store, given, progress, processes, web)

    def timeline(
        self, *, who: str | None = None, where: str | None = None, part_of: str | None = None, text: str | None = None,
        earliest: str | None = None, latest: str | None = None, salience: float = 0.0, limit: int = ROWS,
    ) -> Rows[TimelineRow]:  # fmt: skip
        """Dated events in the order of time: of those that fit the `limit` most important.

        Arguments: who, where, a name or an id; part_of, the id of an event; text, words of a title or a sentence;
        earliest, latest, ISO days; salience, 0 to 1, what one article makes of it at least; limit, most rows.
        Raises: BadInput for a name that nobody has; StoreError.
        """
        found = ask.timeline(
            self._graph, limit=limit, entity=self.id_of(who), place=self.id_of(where), part_of=self._canonical(part_of),
            text=text, earliest=earliest, latest=latest, min_salience=salience,
        )  # fmt: skip
        return Rows(sorted(found, key=lambda row: (row.earliest or row.latest or "", row.id)))

    def chronology(
        self, *, who: str | None = None, where: str | None = None, part_of: str | None = None, text: str | None = None,
        earliest: str | None = None, latest: str | None = None, salience: float = 0.0, after: str | None = None,
        limit: int = 50,
    ) -> ChronologyPage:  # fmt: skip
        """A page of the dated events that fit, in the order of time, each with a sentence.

        Arguments: as `timeline`; after, the key of the page before, its two parts joined by "~". Raises: BadInput for a
        key that is none, NotFound, StoreError.
        """
        key = tuple((after or "").rpartition("~")[::2])
        if after and (len(key) != 2 or not all(key)):
            raise BadInput(f"“{after}” leads to no page; give `next` of the page before")
        return ask.chronology(
            self._graph, limit=limit, after=(key[0], key[1]) if after else None, entity=self.id_of(who),
            place=self.id_of(where), part_of=self._canonical(part_of), text=text, earliest=earliest, latest=latest,
            min_salience=salience,
        )  # fmt: skip

    def told(self, rows: Sequence[TimelineRow]) -> Rows[ChronologyRow]:
        """Rows of a timeline with the sentence that tells each best, and its article. Raises: StoreError."""
        return Rows(told(self._graph, rows))

    def event(self, id: str) -> EventDetail:
        """An event: who, where, each sentence that tells of it, what is claimed. Raises: BadInput, StoreError."""
        return _there(ask.event(self._graph, id), "event", id)

    def person(self, name: str) -> NameDossier:
        """All about a person; an organisation, a place or a thing as well.

        Arguments: a name, another name, or an id. Raises: BadInput where there is none; StoreError.
        """
        return _there(name_dossier(self._store, self.id_of(name) or name), "name", name)

    def claims(
        self, *, speaker: str | None = None, event: str | None = None, text: str | None = None,
        said_from: str | None = None, said_to: str | None = None, public_by: str | None = None, limit: int = ROWS,
    ) -> Rows[ClaimRow]:  # fmt: skip
        """Who said what, in the order of saying; of more than `limit` those said last.

        Arguments: speaker, a name or an id; event, the id of one it is about; text, words of it; said_from, said_to,
        ISO days; public_by, an ISO day by which it was public. Raises: BadInput, StoreError.
        """
        found = ask.claims(
            self._graph, limit=limit, speaker=self.id_of(speaker), event=self._canonical(event), text=text,
            said_from=said_from, said_to=said_to, public_by=public_by,
        )  # fmt: skip
        return Rows(found)

    def search(self, words: str, *, semantic: bool = False, limit: int = 10) -> Found:
        """Words in events, names, claims, sentences and articles, at most `limit` of each, as `kb search`.

        Arguments: words; semantic, whether sentences are looked for that mean the same, the nearest first; limit.
        Raises: BadInput where there is nothing to look for, or nothing indexed; MissingAsset where search by meaning is
        not installed; StoreError.
        """
        if semantic:
            return ask.search_by_meaning(self._store, words, limit=limit)
        from ingest.reading.asked_dates import asked_date  # noqa: PLC0415 (the reader of dates)

        return ask.search(self._store, words, when=asked_date(words), limit=limit)

    def why(self, id: str) -> Rows[Reason]:
        """How a date was reached, from its words to what they were counted from. Raises: BadInput, StoreError."""
        return Rows(ask.why(self._store, id))

    def digest(
        self, *, days: int | None = 40, about: Sequence[str] = (), earliest: str | None = None,
        latest: str | None = None,
    ) -> Digest:  # fmt: skip
        """The story in its most important days, in the articles' own words.

        Arguments: days, how many, None for every one; about, names or ids with all of which it has to do; earliest,
        latest, ISO days. Raises: BadInput, StoreError.
        """
        ids = [str(self.id_of(one)) for one in about]
        return ask.digest(self._graph, most=days, about=ids, earliest=earliest, latest=latest)

    def cypher(
        self, query: str, *, limit: int = 10_000, seconds: float = 30, **parameters: Any
    ) -> Rows[dict[str, Any]]:
        """The rows of a reading query, a dict each; a node or relationship is a dict of its properties.

        Arguments: query, with $names; limit, most rows; seconds, how long it may take; parameters, what the names
        stand for. Raises: QueryError for a wrong query or one that takes too long,
        StoreDenied for one that would write.
        """
        with open_store(self._store.settings, role="reader") as reader:
            table = reader.table(query, parameters, limit=limit, timeout=seconds)
        return Rows(list(records(table)))

    def network(self, *, who: str | None = None, event: str | None = None, limit: int = 150) -> NetworkGraph:
        """The most telling events with those who took part; see `to_networkx`.

        Arguments: who, a name or an id that stands in the middle; event, or the id of an event; limit, most nodes.
        Raises: BadInput, StoreError.
        """
        return ask.network(self._store, event=self._canonical(event), entity=self.id_of(who), limit=limit)

    def to_networkx(self, **wanted: Any) -> networkx.MultiDiGraph:
        """`network` as a networkx graph: nodes by id with label, kind and title, lines with their role.

        Arguments: as `network`. Raises: as `network`.
        """
        import networkx  # noqa: PLC0415

        found, graph = self.network(**wanted), networkx.MultiDiGraph()
        for node in found.nodes:
            graph.add_node(node.id, label=node.label, kind=node.kind, title=node.title, weight=node.weight)
        graph.add_edges_from((line.source, line.target, {"role": line.role}) for line in found.edges)
        return graph

    def same(self, *ids: str, by: str | None = None, reason: str = "") -> Preview:
        """What it would mean that these are one event, or one name.

        Arguments: two or more ids of one kind; by, who decides (default: the account's name); reason, why.
        Raises: BadInput, StoreError.
        """
        return self._preview(decide.same(self._store, ids, by=by, reason=reason))

    def different(self, id: str, *others: str, by: str | None = None, reason: str = "") -> Preview:
        """What it would mean that the first is none of the others. Arguments and errors: as `same`."""
        return self._preview(decide.different(self._store, (id, *others), by=by, reason=reason))

    def split(self, id: str, *parts: str, by: str | None = None, reason: str = "") -> Preview:
        """What it would mean that parts of something are another thing; see `kb decide split`. Raises: as `same`."""
        return self._preview(decide.split(self._store, id, parts, by=by, reason=reason))

    def edit(self, id: str, field: str, value: str, *, by: str | None = None, reason: str = "") -> Preview:
        """What another value of a field would change: the title, type, status, date, star, tags or note of an event,
        the name of an entity; dates in words or EDTF. Raises: as `same`.
        """  # noqa: D205 - the fields are the summary
        return self._preview(decide.edit(self._store, id, field, value, by=by, reason=reason))

    def set_published(self, article: str, date: str | None, *, by: str | None = None, reason: str = "") -> Preview:
        """What another publication date would change.

        Arguments: article, its id, address, source or title; date, EDTF, None for what its source says.
        Raises: as `same`.
        """
        given = Edtf(date) if date else None
        return self._preview(set_published(self._store, article, given, by=by, reason=reason))

    def reject(self, id: str, *, by: str | None = None, reason: str = "") -> Preview:
        """What it would mean that an event, a name or a claim is none. Raises: as `same`."""
        return self._preview(decide.reject(self._store, id, by=by, reason=reason))

    def undo(self, decision: str | None = None) -> Preview:
        """What taking a decision back would change. Arguments: its id, None for the latest. Raises: as `same`."""
        return self._preview(decide.undo(self._store, decision))

    @property
    def _graph(self) -> Store | Past:
        return self._past or self._store

    def _preview(self, revision: Revision) -> Preview:
        return Preview(revision, self._store)

    def id_of(self, name: str | None) -> str | None:
        """The id of who or what is called so: a name, another name or an id. Raises: NotFound, StoreError."""
        if not name:
            return None
        known = ask.canonical(self._graph, name)
        return known if known != name else ask.called(self._graph, name).id

    def _canonical(self, id: str | None) -> str | None:
        return ask.canonical(self._graph, id) if id else None


def open(
    uri: str | None = None, *, user: str | None = None, password: str | None = None, database: str | None = None,
    data_dir: str | Path | None = None, as_of: str | None = None, read_only: bool = False,
) -> Base:  # fmt: skip
    """Open a knowledge base.

    Arguments: uri, of a Neo4j ("neo4j://host:7687"), with user, password and database; without one the local server on
    data_dir; what is not given is taken as the command `kb` takes it, from KB_URI and the like and from the project;
    as_of, a moment ("2024-02-16"): questions are answered as it was recorded then; read_only, whether it is opened by
    the login that can change nothing. Raises: StoreError, BadInput.
    """
    given = {"uri": uri, "user": user, "password": password, "database": database,
             "data_dir": Path(data_dir) if data_dir else None}  # fmt: skip
    told: dict[str, Any] = {name: value for name, value in given.items() if value}
    return Base(open_store(replace(Settings.from_env(), **told), role="reader" if read_only else "writer"), as_of)


def _there(found: T | None, kind: str, id: str) -> T:
    if found is None:
        raise NotFound(f"There is no {kind} “{id}”; ids are in timelines, in search and in the app's addresses")
    return found
