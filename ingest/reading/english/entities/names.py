"""Parts of a person's name: titles, given names, family name, suffix; and when two names can be one person's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import combining, normalize

from ingest.reading.english.entities.known.gazetteer import area, demonym, lexicon, words
from kb.rarity import RARE, rarity

_NO_ENDING = frozenset({"Casanova", "Villanova", "Terranova", "Canova", "Cordova", "Villanueva", "Cueva", "Nova", "Eva",
                        "Kosova", "Genova", "Padova", "Cánova", "Córdova", "Nueva", "Onyeneva"})  # fmt: skip
# Letters of the Latin script that Unicode does not take apart into a letter and its mark.
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_CLOSE = 0.72
"""Share of shared letter pairs from which two spellings of a given name count as one ("Vlodymyr", "Volodymyr")."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in parts. `given` holds first and middle names and initials; `suffix` is "Jr", "Sr", "III" or empty."""

    titles: tuple[str, ...]
    given: tuple[str, ...]
    family: str
    suffix: str

    @property
    def full(self) -> str:
        """The name without its titles."""
        suffix = f"{self.suffix}." if self.suffix in {"Jr", "Sr"} else self.suffix
        return " ".join(part for part in (*self.given, self.family, suffix) if part)

    @property
    def called(self) -> str:
        """The name as the person is called: a ruler or pope, of one name alone, with the title."""
        crowned = [t for t in self.titles if t in words("person_names", "crowned")]
        return f"{crowned[-1]} {self.full}" if crowned and not self.given else self.full

    @property
    def gender(self) -> str | None:
        """What titles, then given names say: "male", "female" or None."""
        for title in self.titles:
            if title in words("person_names", "male"):
                return "male"
            if title in words("person_names", "female"):
                return "female"
        first = self.given[0] if self.given else ""
        male = first in words("person_names", "given_male")
        female = first in words("person_names", "given_female")
        if male == female:
            return _slavic_gender(self)
        return "male" if male else "female"


def _slavic_gender(name: PersonName) -> str | None:
    """What patronymics and family names of Slavic form say: "Ivanovna", "Petrova"; None for "Casanova" alone."""
    if not name.given:
        return None
    if any(part.endswith(("ovich", "evich")) for part in name.given[1:]):
        return "male"
    female = any(part.endswith(("ovna", "evna")) for part in name.given[1:])
    female = female or (name.family.endswith(("ova", "eva", "skaya")) and name.family not in _NO_ENDING)
    return "female" if female else "male" if name.family.endswith(("ov", "ev", "skyi", "skiy")) else None


def is_title(word: str) -> bool:
    """Whether a capitalised word may stand as a title before a name ("President", "Mr.", "Gen.")."""
    keys = ("male", "female", "honorifics", "ranks", "roles")
    return any(word in words("person_names", key) for key in keys) or (
        "-" in word and word.rpartition("-")[2] in words("person_names", "roles")
    )


def is_honorific(word: str) -> bool:
    """Whether a word before a name says that a person is meant and is no role's name ("Mr.", "Dr.", "Lord")."""
    return any(word in words("person_names", key) for key in ("male", "female", "honorifics"))


def is_given(word: str) -> bool:
    """Whether a word is a common given name, or two of them with a hyphen ("Jean-Marc")."""
    first = word if "-" not in word else word.partition("-")[0]
    joined = first is word or word.rpartition("-")[2][:1].isupper()
    return joined and (first in words("person_names", "given_male") or first in words("person_names", "given_female"))


def tells_whom(word: str) -> bool:
    """Whether one of somebody's given names is rare enough to tell whom it names alone: "Tedros", "Lula"."""
    return not is_given(word) and word.isalpha() and rarity(word.lower()) >= RARE


def is_suffix(word: str) -> bool:
    """Whether a word may close a person's name ("Jr.", "III")."""
    return word in words("person_names", "suffixes")


def parse_person(text: str) -> PersonName:
    """Parts of a person's name as an article writes it: "President [Vlodymyr] Zelenskyy", "Robert F. Kennedy Jr.".

    Arguments: text, one mention, with or without titles, demonyms, brackets and a closing 's.
    """
    text = re.sub(r"\s*['’]\s?s$|['’]$", "", re.sub(r"[\[\]()“”\"]|``|''", "", text).strip())
    parts = text.replace(",", " ").split()
    titles: list[str] = []
    width = _origin_width(parts)
    if width:
        titles.append(" ".join(parts[:width]))
        parts = parts[width:]
    last = last_title(parts)
    titles += parts[:last]
    parts = parts[last:]
    suffix = ""
    while len(parts) > 1 and (is_suffix(parts[-1]) or parts[-1] in words("person_names", "degrees")):
        word = parts.pop()
        suffix = _suffix(word) if is_suffix(word) else suffix
    family_from = len(parts) - 1
    while family_from > 0 and _is_particle(parts, family_from - 1):
        family_from -= 1
    return PersonName(tuple(titles), tuple(parts[:family_from]), " ".join(parts[family_from:]), suffix)


def last_title(parts: list[str]) -> int:
    """How many words stand before the name itself: titles, and a place or body among them ("Pennsylvania Gov.").

    Arguments: parts, the words of one mention, not empty.
    """
    leading = 0
    while leading < len(parts) - 1 and is_title(parts[leading]):
        leading += 1
    if leading == 0 and is_given(parts[0]):
        return 0
    offices = ("ranks", "roles", "honorifics")
    inner = [
        i for i in range(leading, len(parts) - 1) if any(parts[i] in words("person_names", key) for key in offices)
    ]
    return inner[-1] + 1 if inner else leading


def _origin_width(parts: list[str]) -> int:
    """How many words before the first title say from where ("Russian President", "U.S. Senator")."""
    for width in (2, 1):
        before = " ".join(parts[:width])
        if len(parts) > width + 1 and is_origin(before) and is_title(parts[width]):
            return width
    return int(len(parts) > 1 and demonym(parts[0]) is not None)


def is_origin(words_before: str) -> bool:
    """Whether words before a title say of which country: a demonym, or a country's abbreviation."""
    known = area(words_before)
    short = known is not None and known.subtype == "country" and re.fullmatch(r"([A-Z]\.?){2,3}", words_before)
    return demonym(words_before) is not None or bool(short)


def _is_particle(parts: list[str], i: int) -> bool:
    """Whether the word belongs to the family name: "van", "der"; "Von" when the name begins with it."""
    word = parts[i] if i else parts[i].lower()
    return word in words("person_names", "particles")


def compatible(one: PersonName, other: PersonName) -> bool:
    """Whether two names of one article can be one person's: same family name, no part that speaks against it.

    A bare family name fits every suffix; "Robert Kennedy" does not fit "Robert Kennedy Jr.".
    """
    if _reversed(one, other) or _spelt_alike(one, other):
        return True
    if not _one_family(one, other):
        return False
    if one.given and other.given and (one.suffix != other.suffix or not _given_fit(one.given, other.given)):
        return False
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    return not (one.gender and other.gender and one.gender != other.gender)


def _spelt_alike(one: PersonName, other: PersonName) -> bool:
    """“Kim Yo Jong” and “Kim Yo-jong”: one name, with hyphens or without."""
    first, second = (family_key("".join((*p.given, p.family)).replace("-", "").replace(" ", "")) for p in (one, other))
    return bool(one.given) and first == second and one.suffix == other.suffix


def _reversed(one: PersonName, other: PersonName) -> bool:
    """“Orbán Viktor” and “Viktor Orban”: some languages put the family name first, and articles do both."""
    if len(one.given) != 1 or len(other.given) != 1:
        return False
    return (family_key(one.given[0]), family_key(one.family)) == (family_key(other.family), family_key(other.given[0]))


def _one_family(one: PersonName, other: PersonName) -> bool:
    """“Gore” of Al Gore, “Leyen” of von der Leyen: the bare last word is the family with its particle."""
    first, second = family_key(one.family), family_key(other.family)
    if first == second:
        return True
    bare, full = sorted((one, other), key=lambda p: len(p.family.split()))
    alone = not bare.given and not bare.titles and " " not in bare.family
    return alone and " " in full.family and full.family.casefold().endswith(f" {bare.family.casefold()}")


def family_key(family: str) -> str:
    """A family name in lower case without its Arabic article, which articles drop, and with one Slavic ending.

    "hariri" of al-Hariri; "orban" of Orbán; "zelensky" of Zelenskiy and Zelenskyi, "lukashenko" of Lukashenka.
    """
    bare = without_article(without_marks(family))
    return re.sub(r"enka$", "enko", re.sub(r"(?<=[a-z]{3})(?:yi|iy|ii|yy|yj)$", "y", bare))


def _given_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    first, second = one[0], other[0]
    if len(one) > 1 and len(other) > 1 and initials_clash(one[1], other[1]):
        return False  # George H.W. and George W. Bush
    short, long = sorted((one, other), key=len)
    if len(long) > len(short) > 0 and long[-len(short) :] == short and not is_given(long[0]):
        return True  # "Suu Kyi" of Aung San Suu Kyi
    if long[-len(short) :] == short and is_given(short[0]) and not is_given(long[0]):
        return True  # an insult or a rank stands before the name: "Crooked Hillary Clinton"
    if len(first.rstrip(".")) == 1 or len(second.rstrip(".")) == 1:
        return first[0] == second[0]
    return (
        first.casefold() == second.casefold()
        or _short_form(first, second)
        or _alike(first, second)
        or _equal(first, second)
    )


def initials_clash(one: str, other: str) -> bool:
    """Whether two middle names, one of them in initials, begin with other letters."""
    initials = any(re.fullmatch(r"(?:[A-Z]\.?)+", name) for name in (one, other))
    return initials and one[0] != other[0]


def without_marks(name: str) -> str:
    """A name in lower case, its letters without accents: "copiapo" for "Copiapó"."""
    return "".join(c for c in normalize("NFKD", name.casefold().translate(_LETTERS)) if not combining(c))


def without_article(family: str) -> str:
    """A family name without the Arabic article in small letters before it: "Assad" of al-Assad, "el-Ad" as it is."""
    return re.sub(r"^(?:al|el|as|ad|ar)-(?=\w{3})", "", family)


def core(name: str) -> str:
    """Name of an organisation without its legal form ("Apple" of "Apple Inc.")."""
    parts = name.replace(",", "").split()
    while len(parts) > 1 and parts[-1] in words("nouns", "legal_forms") | {"&", "and"}:
        parts.pop()
    return " ".join(parts)


def _equal(one: str, other: str) -> bool:
    """Two forms of one given name across languages or in short: "Vladimir" and "Volodymyr", "Bill" and "William"."""
    return any(one in forms and other in forms for forms in lexicon("person_names")["equal"])


def _short_form(one: str, other: str) -> bool:
    """Whether one is the start of the other: "Tim" and "Timothy", "Vlad" and "Vladimir"."""
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    return len(short) >= 3 and long.startswith(short)


def _alike(one: str, other: str) -> bool:
    """Two spellings of one name: same first letter and Dice coefficient of letter pairs at least `_CLOSE`."""
    if one[0].casefold() != other[0].casefold() or one[-1] != other[-1] or min(len(one), len(other)) < 5:
        return False
    pairs, others = _pairs(one.casefold()), _pairs(other.casefold())
    return 2 * len(pairs & others) / (len(pairs) + len(others)) >= _CLOSE


def _pairs(word: str) -> frozenset[str]:
    return frozenset(word[i : i + 2] for i in range(len(word) - 1))


def _suffix(word: str) -> str:
    return {"Junior": "Jr", "Senior": "Sr"}.get(word, word.rstrip("."))
