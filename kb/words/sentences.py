"""The texts of sentences that rooms below make: a row more here where one of them says something new."""

from __future__ import annotations

from kb.words.speech import mark, pair

COUNTED = (
    pair("{n} day", "{n} days"), pair("{n} month", "{n} months"), pair("{n} year", "{n} years"),
    pair("{n} event", "{n} events"), pair("{n} expression", "{n} expressions"), pair("{n} sentence", "{n} sentences"),
    pair("{n} event together", "{n} events together"), pair("spoke of, {n} time", "spoke of, {n} times"),
    pair("told on {n} day", "told on {n} days"), pair("{n} name in both", "{n} names in both"),
)  # fmt: skip
"""Texts with a number, for one and for many."""

_IMPORTANCE = (
    mark("{told} by one source, first {span} later"),
    mark("{told} by {n_sources} independent sources, first {span} later"),
    mark("{told} by one source, still told {span} later"),
    mark("{told} by {n_sources} independent sources, still told {span} later"),
    mark("{told} by {n_sources} independent sources"),
    mark("{told} by one source"),
    mark("told on one day"),
    mark("told"),
)

_DATES = (
    mark("A human gave this date; what the sentences say stands below."),
    mark("{says}; {others} give only {dates}. {chosen}"),
    mark("{says}; {others} gives only {dates}. {chosen}"),
    mark("{says}; {others} give only {dates}."),
    mark("{says}; {others} gives only {dates}."),
    mark("{says}. {chosen}"),
    mark("One source gives several dates: {dates}"),
    mark("{number} sources give a day and disagree: {dates}"),
    mark("{number} sources give a date and disagree: {dates}"),
    mark("One source says {date}."),
    mark("{number} sources say {date}."),
    mark("One source says {date}"),
    mark("{number} sources say {date}"),
    mark("{date} is shown: most sources agree with it."),
    mark("Only {date} is shown, since as many give one as the other."),
    mark("As many agree with each, so the most precise, best told or earliest is shown: {date}."),
    mark("{date} is shown."),
    mark("year guessed"),
    mark("date doubtful"),
    mark("no words in its sentences date it, so it has no date"),
)

_NUMBERS = (
    mark("one"), mark("two"), mark("three"), mark("four"), mark("five"), mark("six"), mark("seven"), mark("eight"),
    mark("nine"), mark("ten"), mark("eleven"), mark("twelve"), mark("One"), mark("Two"), mark("Three"), mark("Four"),
    mark("Five"), mark("Six"), mark("Seven"), mark("Eight"), mark("Nine"), mark("Ten"), mark("Eleven"), mark("Twelve"),
)  # fmt: skip

_DOUBTS = (
    mark("“{title}” is dated {dates}"),
    mark("“{title}” has no date"),
    mark("“{title}” is told by one source, in {sentences}"),
    mark("“{title}” is told by {who}, and denied by {who_other}"),
    mark("“{title}” is told by {who}, and told not to have happened by {who_other}"),
    mark("“{title}” is told as past and dated {date}, in an article published {date_published}"),
    mark("“{title}” was said {date}, in an article published {date_published}"),
    mark("“{title}” does not say when it was published; {expressions} and {events} have no date or no year"),
    mark("“{title}” ({date}) and “{title_other}” ({date_other}) may be one: {reason}"),
    mark("“{title}” and “{title_other}” may be one: {reason}"),
    mark("“{title}” would be {date}"),
    mark("“{title}” is counted from an event that only it dates, so it has no date"),
    mark("{words} are counted from each other, so none of them has a date"),
    mark("{words}: that leads round in a circle"),
    mark("Nothing is told of “{title}” for {days}, between “{title_before}” and “{title_after}”; usual are {span}"),
)

_QUEUE = (
    mark("Are “{title}” and “{title_other}” one?"),
    mark("Are “{title}” ({date}) and “{title_other}” ({date_other}) one?"),
)

_KINDS = (
    mark("Told before it happened"), mark("Printed before it was said"), mark("Dates against the order told"),
    mark("Orders that lead round in a circle"), mark("Dates counted from each other"),
    mark("Dates that lay years from the news"), mark("Reports that exclude each other"),
    mark("Told by one article, denied by another"), mark("Articles without a date of publication"),
    mark("Events without a year"), mark("Perhaps one and the same"), mark("Proposed by a model"),
    mark("Main events that one source alone tells"), mark("Main events without a date"),
    mark("Stretches without an event"),
    mark("Correct the article’s date of publication, or the event’s date."),
    mark("Correct the date of one of the events."),
    mark("Read the sentences; two events may have been taken for one."),
    mark("Give one of the events a date."),
    mark("Read the sentence and give its event a date."),
    mark("Choose the date that you trust, or leave the dispute as it is."),
    mark("Give the event its status, or leave the dispute as it is."),
    mark("Give the article its date; “last week” in it then finds its place."),
    mark("Give the event its date, or its article the date of publication."),
    mark("Say which on the page Review, or with kb decide."),
    mark("Read the sentence; what is right is added by your word: kb decide proposed, or here."),
    mark("Look for a second source before you rely on it."),
    mark("Give the event its date."),
    mark("Look for articles about these days."),
)  # fmt: skip

_IDENTITY = (
    mark("the same act"), mark("“{words}” beside “{words_other}”"), mark("{date} in both"),
    mark("{date} and {date_other} differ"), mark("{date} contains {date_other}"), mark("{date} fits {date_other}"),
    mark("told in the same words"), mark("one is only planned"), mark("such words are often said"),
    mark("at another place"), mark("one person named in both"), mark("nobody is named in both"),
    mark("one may be a part"), mark("shown as a part of it until somebody rules"),
    mark("by others"), mark("elsewhere"), mark("the day is not certain"),
    mark("other words"), mark("other sides"), mark("neither is dated"), mark("only one has a name"),
    mark("one is undated"), mark("the same name"), mark("the alias table"), mark("two entries of the lists"),
    mark("the same body of another state"), mark("only one says of which state"),
    mark("the same words in another order"), mark("another legal form"),
    mark("the same name but for the legal form"), mark("one may be an acronym of the other"),
    mark("one has a word for its trade more"), mark("same name in another transliteration"),
    mark("another spelling of the name"), mark("another suffix after the name"), mark("only one has the suffix"),
    mark("a woman’s and a man’s form of the family name"), mark("one is a family name alone"),
    mark("one name is the end of the other"), mark("another given name"), mark("another middle name"),
    mark("a short form of the given name"), mark("an initial for a name"),
    mark("the given name in another language or short form"), mark("one letter differs"),
    mark("only one has the particle"), mark("an initial for the middle name"),
    mark("only one has the middle name"), mark("others bear the name"), mark("and others bear the name"),
    mark("the same name, and not far apart"), mark("the same name with another word for a region"),
    mark("it is not known where they lie"), mark("the same name in another spelling"),
    mark("{who} said so on {date}"), mark("{who} said so on {date}: {words}"),
)  # fmt: skip

_ANSWERS = (
    mark("the same words"), mark("the same content words"), mark("a part of the same words"),
    mark("nearly the same words"), mark("another speaker says the same"),
    mark("another speaker says the same, one of them more"), mark("another speaker says nearly the same"),
    mark("the same speaker reversed: {reason}"), mark("the same words but for “{words}”"),
    mark("“{words}” where the other says “{words_other}”"),
    mark("a different agent, “{words}” where the other says “{words_other}”"),
    mark("denies what the other says"), mark("{words} where the other says {words_other}"),
    mark("denies what the other says of the same event"), mark("confirms what the other says of the same event"),
)  # fmt: skip

_LINES = (
    mark("located in"), mark("took part"), mark("said in"), mark("about"), mark("said"), mark("spoke of, once"),
)  # fmt: skip

_WHY = (
    mark("counted from the publication date"), mark("counted from the publication date ({date})"),
    mark("counted from the event “{title}” ({date})"), mark("counted from the event “{title}”"),
    mark("counted from the expression “{words}” ({date})"), mark("counted from the expression “{words}”"),
    mark("no words date it"), mark("no date"),
    mark("doubtful, as such words are often read wrong"), mark("doubtful, as the words stand in another sentence"),
    mark("doubtful, as the words stand by something else in the sentence"),
    mark("news of {words_day} or {date}: its article was published on {date_published}"),
    mark("no date of its own: its article, published on {date_published}, is news of {date}"),
    mark("told as news of the publication date ({date})"), mark("told as news of the publication date"),
    mark("corrected by {who} on {date}"), mark("corrected by {who} on {date} ({words})"),
    mark("as told there {key} ({date})"), mark("as told there {key}"), mark("{key_edtf} ({date})"),
)  # fmt: skip

_RULES = (
    mark("year"), mark("month"), mark("week"), mark("weekday"), mark("day"), mark("decade"), mark("century"),
    mark("month and year"), mark("month day and year"), mark("month day"), mark("season and year"),
    mark("month and two figure year"), mark("two figure year"), mark("holiday and year"), mark("day known by name"),
    mark("numeric date"), mark("day first"), mark("month first"),
    mark("as in other dates in figures of the article"), mark("as in the written dates of the article"),
    mark("by the spelling of the article"), mark("as nothing in the article tells the order"),
    mark("ISO date"), mark("ISO date and time"), mark("half of a year"), mark("quarter of a year"),
    mark("most recent from publication"), mark("nearest from publication"), mark("next from publication"),
    mark("counted from publication"), mark("counted from the last date told"), mark("part of day"),
    mark("a length of time"), mark("the writer's present"), mark("the day of publication"),
    mark("the day of the last date told"), mark("the day before the last date told"), mark("the last date told"),
    mark("the date before it"), mark("the time just told"), mark("shortly before publication"), mark("publication"),
    mark("year of the story so far"), mark("year after the date before it"), mark("year open"),
    mark("no publication date"), mark("no date to count from"), mark("beginning of an event that the article dates"),
    mark("something that recurs"), mark("some time before now"), mark("some time after now"),
    mark("{rest}, “{words}” counted from publication"), mark("{rest}, “{words}” counted from the last date told"),
    mark("“{words}” counted from publication"), mark("“{words}” counted from the last date told"),
    mark("“{words}”: {rest}"), mark("“{words}” in it: {rest}"),
)  # fmt: skip

_BASES = (
    mark("as given when it was added"), mark("from the page’s metadata"), mark("from its web address"),
    mark("from its byline"), mark("from its feed"), mark("corrected by hand"),
)  # fmt: skip

_SCHEMA = (
    mark("The graph is empty; add an article first."),
    mark("No node has the label {words}; perhaps {words_like} is meant."),
    mark("No node has the label {words}; there are {words_known}."),
    mark("No relationship is of the type {words}; perhaps {words_like} is meant."),
    mark("No relationship is of the type {words}; there are {words_known}."),
)

_EXAMPLES = (
    mark("What happened, in order?"),
    mark("Which people and organisations took part in the most events?"),
    mark("How are the most salient events joined by those who took part?"),
    mark("Who said what, and when?"),
    mark("Which claims were made more than a year after what they speak of?"),
    mark("For which events do the reports give different dates?"),
    mark("On which events do claims of opposite polarity stand against each other?"),
    mark("From which phrase and rule does each event's date come?"),
    mark("Which sentence of which article reports an event?"),
    mark("Where did most happen?"),
)

_FOUND = (
    mark("Event"), mark("Time"), mark("Claim"), mark("Quotation"), mark("Person"), mark("Organization"), mark("Place"),
    mark("Thing"), mark("{percent}% sure"), mark("date unknown"), mark("unnamed source"),
    mark("Calendar"), mark("Web page"), mark("spreadsheets"), mark("programs"), mark("calendars"),
    mark("an empty graph"), mark("any browser, offline"),
    mark("Events"), mark("People, places, things"), mark("Claims"), mark("Sentences"), mark("Articles"),
    mark("Very many sentences have these words: only the most important events are found."),
)  # fmt: skip

_MEANING = (
    mark("The sentences are not indexed by their meaning yet; kb index does it"),
    mark("Search by meaning is not installed; pip install 'eventline[semantic]' brings it"),
    mark("The sentences are indexed by another model ({model}); kb index does it anew by {model_here}, or name that "
         "one with KB_SENTENCE_MODEL"),
)  # fmt: skip

_IDS = (mark("Several ids begin with “{words}”, so give more of it: {id_those}"),)

_LISTED = (mark("{date}, {dates} or {date_last}"), mark("{date} or {date_last}"))

SENTENCES: tuple[str, ...] = (
    *_IMPORTANCE, *_DATES, *_NUMBERS, *_DOUBTS, *_QUEUE, *_KINDS, *_IDENTITY, *_ANSWERS, *_LINES, *_WHY, *_RULES,
    *_BASES, *_SCHEMA, *_EXAMPLES, *_FOUND, *_MEANING, *_IDS, *_LISTED,
)  # fmt: skip
"""Texts without a number that bends them; of two that fit, the first is taken."""
