"""Which texts are copies of one another: syndicated, cut, lengthened or lightly edited, under another headline or not.

A text is compared by its shingles, the runs of four words in it, through MinHash sketches. Two reports of one event by
different writers share few of them, even where they quote the same words; a copy shares most.

Formulas: Jaccard similarity J = |A and B| / |A or B| is estimated by the share of equal MinHash values (Broder, On the
resemblance and containment of documents, 1997); containment, the share of the smaller set that lies in the larger, is
J / (1 + J) * (|A| + |B|) / min(|A|, |B|). With bands of r values, two texts of similarity J share one of b bands with
probability 1 - (1 - J^r)^b (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, chapter 3).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

# Whatever changes a sketch of the same text raises this, so that sketches of two versions never meet in a block.
VERSION = 1
PERMUTATIONS = 256
# What datasketch finds best for 64 of the values and a threshold of 0.5 where a miss weighs nine times a false
# candidate, which is only compared once more: 0.94 of the pairs at 0.5 meet, 0.99 of those at 0.6.
BANDS, ROWS = 21, 3
SHINGLE = 4  # words
OPENING = 100  # words: a text is cut from its end, so that a short piece of a long one shares its opening
SHORT = 40  # words below which chance and boilerplate make texts alike

COPIED = 0.5  # similarity of the whole texts
CONTAINED, SAME_OPENING = 0.7, 0.5  # containment of the shorter in the longer, of one opening in the other
FIGURES, SHARED_FIGURES = 4, 0.5  # figures from which they count, the share of the fewer that the other must have

_SEED = 1
_WORD = re.compile(r"\d+(?:[.:]\d+)*|(?:[^\W\d_]\.)+[^\W\d_]\b|[^\W\d_]+(?:'[^\W\d_]+)*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00ad": None, "\u200b": None, "\ufeff": None})


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text to compare it.

    whole: MinHash values of all shingles. opening: of those in the first hundred words. shingles: how many different
    ones there are. words: how many words. digest: of all words in order. figures: the different numbers, sorted.
    """

    whole: tuple[int, ...]
    opening: tuple[int, ...]
    shingles: int
    words: int
    digest: str
    figures: tuple[str, ...]


def sketch(text: str) -> Sketch:
    """Sketch a text; case, punctuation, spaces and the kind of quotation marks do not count."""
    words = normalised(text)
    runs = _shingles(words)
    return Sketch(
        whole=_minhash(runs), opening=_minhash(_shingles(words[:OPENING])), shingles=len(runs), words=len(words),
        digest=_digest(" ".join(words)), figures=tuple(sorted({w for w in words if w[0].isdecimal()})),
    )  # fmt: skip


def normalised(text: str) -> list[str]:
    """The words of a text as they are compared: "The U.S. paid $7,500" gives the, us, paid, 7500."""
    plain = unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold()
    found = _WORD.findall(_THOUSANDS.sub("", plain))
    return [word if word[0].isdecimal() else word.replace(".", "") for word in found]


def copy_blocks(sketch: Sketch) -> tuple[str, ...]:
    """The keys under which copies of a text are looked for: those who share none are not compared.

    Returns, for a text of forty words or more, one key for each band of the whole and of the opening ("text-07-9f8a…",
    "opening-20-03bc…"); for a shorter one a single key that only equal texts share; none for no words.
    """
    if not sketch.words:
        return ()
    if sketch.words < SHORT:
        return (f"equal-00-{sketch.digest}",)
    return (*_bands("text", sketch.whole), *_bands("opening", sketch.opening))


def similarity(a: Sketch, b: Sketch) -> float:
    """Estimate the Jaccard similarity (0 to 1) of two texts' shingles; 1 for texts of the same words.

    The standard error is 0.03 at most, the square root of J * (1 - J) / 256.
    """
    return 1.0 if a.digest == b.digest else _jaccard(a.whole, b.whole)


def containment(a: Sketch, b: Sketch) -> float:
    """Estimate which share (0 to 1) of the shorter text's shingles stands in the longer one.

    Of a text of a hundred words or fewer: in the opening of the longer one, as the estimate is too rough where a few
    words are sought in thousands.
    """
    if a.digest == b.digest:
        return 1.0
    if min(a.words, b.words) <= OPENING:
        return _opening_contained(a, b)
    return _contained(_jaccard(a.whole, b.whole), a.shingles, b.shingles)


def is_copy(a: Sketch, b: Sketch) -> float | None:
    """Whether one of two texts is a copy of the other, or both of a third.

    Returns the share of the shorter text that stands in the longer one (0 to 1), None where they are no copies. Copies
    are alike as wholes, or one lies in the other and both open alike: what merely quotes a text in full, as a digest of
    the day does, is none. Texts of one mould with other figures (markets, weather, results) are none either.
    """
    if not a.words or not b.words:
        return None
    if a.digest == b.digest:
        return 1.0
    if min(a.words, b.words) < SHORT or not _figures_agree(a, b):
        return None
    alike, share = similarity(a, b), containment(a, b)
    cut = share >= CONTAINED and _opening_contained(a, b) >= SAME_OPENING
    return round(max(alike, share), 3) if cut or alike >= COPIED else None


def _opening_contained(a: Sketch, b: Sketch) -> float:
    most = OPENING - SHINGLE + 1
    return _contained(_jaccard(a.opening, b.opening), min(a.shingles, most), min(b.shingles, most))


def _contained(alike: float, one: int, other: int) -> float:
    fewer = min(one, other)
    return min(1.0, alike / (1 + alike) * (one + other) / fewer) if fewer else 0.0


def _figures_agree(a: Sketch, b: Sketch) -> bool:
    fewer = min(len(a.figures), len(b.figures))
    return fewer < FIGURES or len({*a.figures} & {*b.figures}) >= SHARED_FIGURES * fewer


def _jaccard(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    return sum(x == y for x, y in zip(a, b, strict=True)) / len(a)


def _shingles(words: list[str]) -> list[str]:
    runs = range(max(1, len(words) - SHINGLE + 1)) if words else ()
    return sorted({" ".join(words[at : at + SHINGLE]) for at in runs})


def _minhash(runs: list[str]) -> tuple[int, ...]:
    from datasketch import MinHash  # noqa: PLC0415 (imports SciPy: half a second that reading alone should not cost)
    from datasketch.hashfunc import sha1_hash32  # noqa: PLC0415

    made = MinHash(PERMUTATIONS, seed=_SEED, hashfunc=sha1_hash32, scheme="affine32")
    if runs:
        made.update_batch([run.encode() for run in runs])
    return tuple(int(value) for value in made.hashvalues)


def _bands(part: str, values: tuple[int, ...]) -> tuple[str, ...]:
    rows = (values[band * ROWS : (band + 1) * ROWS] for band in range(BANDS))
    return tuple(f"{part}-{band:02d}-{_digest(f'{part} {band} {row}')}" for band, row in enumerate(rows))


def _digest(words: str) -> str:
    return hashlib.sha256(f"{VERSION} {words}".encode()).hexdigest()[:16]
