"""Tables of other names: what each form of file gives, and the sentence for one that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.matching.aliases import AliasGroup, alias_pairs, read_aliases
from kb.errors import UnreadableSource

CSV = "name,alias,kind\nBono,Paul Hewson,person\nBono,Paul David Hewson,person\nMyanmar,Burma,Place\n"
EXPORT = (
    "item,itemLabel,itemAltLabel\n"
    'http://www.wikidata.org/entity/Q836,Myanmar,"Burma, Republic of the Union of Myanmar"\n'
    "http://www.wikidata.org/entity/Q30,United States,\n"
)
RESULTS = {
    "head": {"vars": ["item", "itemLabel", "itemAltLabel"]},
    "results": {
        "bindings": [
            {
                "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q836"},
                "itemLabel": {"type": "literal", "value": "Myanmar", "xml:lang": "en"},
                "itemAltLabel": {"type": "literal", "value": "Burma, Union of Myanmar", "xml:lang": "en"},
            },
            {
                "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q836"},
                "itemLabel": {"type": "literal", "value": "Myanmar", "xml:lang": "en"},
                "itemAltLabel": {"type": "literal", "value": "Myanma", "xml:lang": "en"},
            },
        ]
    },
}
OBJECTS = [
    {"name": "Bono", "aliases": ["Paul Hewson"], "kind": "Person", "id": "Q834621"},
    {"name": "X", "aliases": []},
]
READ = [
    (
        "hand.csv",
        CSV,
        (
            AliasGroup("Bono", ("Paul Hewson", "Paul David Hewson"), "Person"),
            AliasGroup("Myanmar", ("Burma",), "Place"),
        ),
    ),
    ("no-kind.csv", "\ufeffname,alias\r\nBono,Paul Hewson\r\n", (AliasGroup("Bono", ("Paul Hewson",)),)),
    ("semicolons.csv", "name;alias\nBono;Hewson, Paul\n", (AliasGroup("Bono", ("Hewson, Paul",)),)),
    ("tabs.tsv", "name\talias\nBono\tPaul Hewson\n", (AliasGroup("Bono", ("Paul Hewson",)),)),
    (
        "export.csv",
        EXPORT,
        (
            AliasGroup("Myanmar", ("Burma", "Republic of the Union of Myanmar"), None, "Q836"),
            AliasGroup("United States", (), None, "Q30"),
        ),
    ),
    (
        "objects.json",
        json.dumps(OBJECTS),
        (AliasGroup("Bono", ("Paul Hewson",), "Person", "Q834621"), AliasGroup("X")),
    ),
    (
        "results.json",
        json.dumps(RESULTS),
        (AliasGroup("Myanmar", ("Burma", "Union of Myanmar", "Myanma"), None, "Q836"),),
    ),
]


@pytest.mark.parametrize(("file", "text", "groups"), READ, ids=[row[0] for row in READ])
def test_read(tmp_path: Path, file: str, text: str, groups: tuple[AliasGroup, ...]) -> None:
    path = tmp_path / file
    path.write_text(text, "utf-8", newline="")
    assert read_aliases(path) == groups


REFUSED = [
    ("names.txt", "Bono", "is no table of aliases"),
    ("empty.csv", " \n", "is empty"),
    ("heading.csv", "name,alias\n", "holds no alias"),
    ("columns.csv", "who,also\nBono,Paul Hewson\n", "line 1: the columns are not known"),
    ("no-alias.csv", "name,alias\nBono,Paul Hewson\nCher,\n", "line 3: a row needs a name and an alias"),
    ("kind.csv", "name,alias,kind\nBono,Paul Hewson,singer\n", "line 2: “singer” is no kind"),
    ("cells.csv", "name,alias\nBono,Hewson, Paul\n", "line 2: there are more cells than columns"),
    ("short.csv", "name,alias\nBono\n", "line 2: a row needs a name and an alias"),
    ("quotes.csv", 'name,alias\nBono,"Paul" Hewson\n', "line 2: "),
    ("no-label.csv", "item,itemLabel,itemAltLabel\nQ1,,a\n", "line 2: a row needs an item and its label"),
    ("syntax.json", '[\n{"name": "Bono",\n]', "line 3: this is no JSON"),
    ("word.json", '"Bono"', "line 1: give a list of objects"),
    ("nameless.json", '[\n {"name": "Bono", "aliases": []},\n {"aliases": []}\n]', "line 3: an entry needs a name"),
    ("aliases.json", '[\n\n {"name": "Bono", "aliases": "Paul"}]', "line 3: aliases must be a list"),
    ("number.json", '[{"name": "Bono", "aliases": [], "id": 7}]', "line 1: kind and id must be words"),
    ("kind.json", '[{"name": "Bono", "aliases": [], "kind": "band"}]', "line 1: “band” is no kind"),
    ("object.json", '{"results": {"bindings": 3}}', "line 1: give a list of objects"),
    ("binding.json", '{"results": {"bindings":\n [\n{"item": {"value": "Q1"}}]}}', "line 3: a row needs an item"),
    ("deep.json", "[" * 100_000, "nested too deeply"),
]


@pytest.mark.parametrize(("file", "text", "sentence"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused(tmp_path: Path, file: str, text: str, sentence: str) -> None:
    path = tmp_path / file
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableSource) as caught:
        read_aliases(path)
    assert sentence in str(caught.value)
    assert str(path) in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_wrong_encoding_and_no_file(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("name,alias\nErdogan,Erdo\u00f6an\n".encode("latin-1"))
    with pytest.raises(UnreadableSource, match=r"line 2: this is no UTF-8"):
        read_aliases(path)
    with pytest.raises(UnreadableSource, match="cannot be read"):
        read_aliases(tmp_path / "none.csv")


def test_key_of_a_name() -> None:
    table = alias_pairs([
        AliasGroup("Bono", ("Paul Hewson",), "Person"),
        AliasGroup("Georgia", ("Sakartvelo",), "Place", "Q230"),
        AliasGroup("Georgia", ("Peach State",), "Place", "Q1428"),
        AliasGroup("Georgia", ("Georgia O'Keeffe",), "Person", "Q46408"),
        AliasGroup("The Firm", ("U.S. Widgets",)),
    ])  # fmt: skip
    assert table.key("Person", "BONO") == table.key("Person", "Paul Hewson") is not None
    assert table.key("Organization", "Bono") is None
    assert table.key("Place", "Georgia") is None
    assert table.key("Place", "Peach State") not in (None, table.key("Place", "Sakartvelo"))
    assert table.key("Person", "Georgia") == table.key("Person", "Georgia O'Keeffe") is not None
    assert table.key("Organization", "firm") == table.key("Organization", "U.S. Widgets") is not None
    assert table.key("Person", "Nobody") is None


def test_order_of_groups_changes_no_key() -> None:
    groups = [AliasGroup("A", ("B", "C")), AliasGroup("D", ("C",), "Person"), AliasGroup("E", ("C", "F"), "Person")]
    assert alias_pairs(groups) == alias_pairs(groups[::-1])
    assert alias_pairs(groups).key("Person", "C") is None
    assert alias_pairs(groups).key("Place", "C") == alias_pairs(groups).key("Place", "A")
