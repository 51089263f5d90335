"""The English vocabulary of time: numbers, months, weekdays, units, seasons, parts of day, holidays."""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb febr",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
SEASONS = {
    "spring": 21,
    "springtime": 21,
    "summer": 22,
    "summertime": 22,
    "autumn": 23,
    "fall": 23,
    "winter": 24,
    "wintertime": 24,
}
PARTS_OF_DAY = {
    "morning": "MO",
    "dawn": "MO",
    "sunrise": "MO",
    "daybreak": "MO",
    "daytime": "DT",
    "midday": "MI",
    "noon": "12:00",
    "afternoon": "AF",
    "evening": "EV",
    "dusk": "EV",
    "sunset": "EV",
    "nightfall": "EV",
    "night": "NI",
    "midnight": "24:00",
    "overnight": "NI",
}
UNITS = {
    name: unit
    for unit, names in {
        "second": "second seconds",
        "minute": "minute minutes",
        "hour": "hour hours",
        "day": "day days night nights",
        "week": "week weeks",
        "fortnight": "fortnight fortnights",
        "weekend": "weekend weekends",
        "month": "month months",
        "quarter": "quarter quarters",
        "year": "year years",
        "decade": "decade decades",
        "century": "century centuries",
    }.items()
    for name in names.split()
}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "final": -1, "last": -1, "1st": 1, "2nd": 2, "3rd": 3,
    "4th": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11,
    "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
    "twenty-second": 22, "twenty-third": 23, "twenty-fourth": 24, "twenty-fifth": 25, "twenty-sixth": 26,
    "twenty-seventh": 27, "twenty-eighth": 28, "twenty-ninth": 29, "thirty-first": 31,
}  # fmt: skip
_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
ROUND_ORDINALS = {
    "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80,
    "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
_TENS = {
    name: 10 * n
    for n, name in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
NUMBERS: dict[str, float] = (
    {name: float(n) for n, name in enumerate(_SMALL)} | _TENS | {"a": 1, "an": 1, "dozen": 12, "hundred": 100}
)
NUMBERS |= {"half": 0.5, "single": 1, "couple": 2, "each": 1, "quarter": 0.25, "score": 20}
DECADE_WORDS = {f"{name[:-1]}ies": n for name, n in _TENS.items()}

# Holidays on a fixed day (month, day). Movable feasts are computed in periods.easter.
FIXED_HOLIDAYS = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "new year": (1, 1), "valentine's day": (2, 14),
    "saint patrick's day": (3, 17), "st. patrick's day": (3, 17), "april fools' day": (4, 1), "may day": (5, 1),
    "bastille day": (7, 14), "halloween": (10, 31), "all saints' day": (11, 1), "guy fawkes night": (11, 5),
    "armistice day": (11, 11), "remembrance day": (11, 11), "veterans day": (11, 11), "christmas": (12, 25),
    "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "juneteenth": (6, 19),
    "anzac day": (4, 25), "international women's day": (3, 8),
    "orthodox christmas": (1, 7), "orthodox christmas day": (1, 7), "orthodox christmas eve": (1, 6),
    "orthodox new year": (1, 14), "st patrick's day": (3, 17), "epiphany": (1, 6), "burns night": (1, 25),
    "st david's day": (3, 1), "st. david's day": (3, 1), "st george's day": (4, 23), "st. george's day": (4, 23),
    "st andrew's day": (11, 30), "st. andrew's day": (11, 30), "st stephen's day": (12, 26),
    "st. stephen's day": (12, 26), "australia day": (1, 26), "canada day": (7, 1), "groundhog day": (2, 2),
    "earth day": (4, 22), "world aids day": (12, 1), "human rights day": (12, 10), "all souls' day": (11, 2),
    "cinco de mayo": (5, 5), "holocaust memorial day": (1, 27), "candlemas": (2, 2),
}  # fmt: skip
EASTER_OFFSETS = {
    "palm sunday": -7, "good friday": -2, "easter sunday": 0, "easter": 0, "easter monday": 1, "ash wednesday": -46,
    "pentecost": 49, "whit monday": 50, "whit sunday": 49, "ascension day": 39, "maundy thursday": -3,
    "holy thursday": -3, "holy saturday": -1, "shrove tuesday": -47, "mardi gras": -47,
}  # fmt: skip
# Weekday holidays: month, weekday, which one (negative counts from the month's end).
FLOATING_HOLIDAYS = {
    "thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4), "labor day": (9, 0, 1), "memorial day": (5, 0, -1),
    "martin luther king day": (1, 0, 3),
    "martin luther king jr. day": (1, 0, 3), "presidents' day": (2, 0, 3), "columbus day": (10, 0, 2),
}  # fmt: skip
# Days that go by a name of their own, whatever the article's date.
NAMED_DAYS = {
    "d-day": (1944, 6, 6), "v-e day": (1945, 5, 8), "ve day": (1945, 5, 8), "v-j day": (1945, 8, 15),
    "vj day": (1945, 8, 15), "9/11": (2001, 9, 11), "black thursday": (1929, 10, 24),
    "black tuesday": (1929, 10, 29),
}  # fmt: skip
HOLIDAYS = (*FIXED_HOLIDAYS, *EASTER_OFFSETS, *FLOATING_HOLIDAYS)


def number(text: str) -> float | None:
    """The value of a number in words or digits ("twenty-one" 21, "half a" 0.5); None for "several" and the like."""
    total, text = 0.0, text.lower().replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    if broken := re.fullmatch(r"(\d+)\s+([1-9])/([2-9])", text):
        return int(broken[1]) + int(broken[2]) / int(broken[3])
    words = [w for w in re.split(r"[\s-]+", text) if w not in ("and", "of", "the", "good")]
    if words[-1:] in (["a"], ["an"]) and len(words) > 1:
        words.pop()
    if len(words) > 1:
        words = [w for w in words if w not in ("a", "an")]
    for word in words:
        if word not in NUMBERS:
            return None
        total = total * NUMBERS[word] if word in ("hundred", "dozen") and total else total + NUMBERS[word]
    return total if words else None


_THIS_CENTURY = 50  # below it a year in two figures of a date in figures is of this century


def full_year(year: int) -> int:
    """The year that a date in figures tells in two or four of them: 12 is 2012, 98 is 1998."""
    return year if year > 99 else year + (2000 if year < _THIS_CENTURY else 1900)


NTH = "|".join(
    [
        r"\d{1,4}(?:st|nd|rd|th)",
        *sorted((w for w, n in (ORDINALS | ROUND_ORDINALS).items() if n > 0 and w[0].isalpha()), key=len, reverse=True),
    ]
)


def ordinal(text: str) -> int | None:
    """The number that an ordinal, a figure or a number word says (“20th”, “third”, “720”, “two”); None for “last”."""
    found = re.match(r"\d+", text)
    told = int(found[0]) if found else ORDINALS.get(text) or ROUND_ORDINALS.get(text) or number(text)
    return int(told) if told is not None and told >= 1 else None


def units(unit: str, amount: float | None = None) -> str:
    """A unit in words: “years”, “centuries”; “year” for one of them."""
    if amount == 1:
        return unit
    return "centuries" if unit == "century" else f"{unit}s"


def any_of(words: object) -> str:
    """A regex alternation of `words`, longest first, blanks in them matching any run of white space."""
    listed = sorted(map(str, words), key=len, reverse=True)  # type: ignore[call-overload]
    return "|".join(re.escape(w).replace(r"\ ", r"\s{1,3}").replace("'", "['’]") for w in listed)
