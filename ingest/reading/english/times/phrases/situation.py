"""What a phrase's surroundings say about it: the tense of its clause and the words of its sentence."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc, Span, Token

from ingest.reading.english.times.phrases.words import UNITS

# “near”: whichever is nearest; “would”: the same, but of weekdays the next; “loose”: past, unless the day of that name
# that lies ahead is much nearer.
Tense = Literal["past", "future", "present", "near", "would", "loose", ""]

_FUTURE_AUXILIARIES = frozenset(("will", "shall", "'ll", "’ll", "wo", "should", "may", "might", "must", "can"))
# Verbs and adjectives whose complement lies ahead of the moment they are said: "is expected to", "is due", "plans to".
# "Slat" is what the lemmatiser makes of "slated".
_FUTURE_HEADS = frozenset(
    ["expect", "schedule", "plan", "slate", "slat", "due", "intend", "aim", "set", "hope", "seek", "likely", "propose"]
)
# Verbs that fix when something is to be done, whenever they were said: "agreed to meet on March 28". A threat or demand
# fixes nothing: "threatened to shoot her in March" tells when it was made.
_ARRANGING = frozenset(["agree", "arrange", "promise", "vow", "pledge", "undertake", "commit", "invite"])

# What the present tense puts ahead when a day is named: "the talks resume on Monday", "the deadline expires Sunday".
_SCHEDULED = frozenset(["expire", "end", "begin", "start", "open", "close", "resume", "run"])
# The same of what people do, which a headline puts into the present when it is over: "ministers meet on Monday."
_ARRANGED = frozenset(
    ["meet", "arrive", "leave", "depart", "travel", "visit", "vote", "convene", "reconvene", "return"]
)
# Adjectives whose date lies ahead of when they are said: a dividend payable, a pact effective, notes due.
_AHEAD = frozenset(
    ["payable", "effective", "due", "redeemable", "callable", "deliverable", "exercisable", "refundable"]
)
# What is asked for "by" a day is to be done by then: "ordered the troops home by September 11".
_ASKING = frozenset(["order", "tell", "ask", "urge", "instruct", "require", "demand", "want", "direct", "invite"])
_CALLED_FOR = frozenset(["vote", "election", "referendum", "protest", "march", "strike", "rally", "demonstration",
                         "meeting", "session", "summit", "talk", "boycott", "walkout", "debate"])  # fmt: skip
_FROM_NOW = frozenset(["today", "now", "tomorrow", "tonight"])
_UP_TO = frozenset(["until", "till", "through"])
_TO_AN_END = _UP_TO | {"to"}
_PUT_OFF = frozenset(
    [
        "postpone",
        "extend",
        "delay",
        "adjourn",
        "suspend",
        "put",
        "defer",
        "reschedule",
        "remand",
        "ban",
        "move",
        "push",
        "shift",
        "bring",
    ]
)
# What comes unannounced, so that a day told with it has been.
_SUDDEN = frozenset(
    ["attack", "massacre", "shooting", "killing", "bombing", "blast", "explosion", "raid", "assault", "murder", "riot",
     "assassination", "earthquake", "quake", "crash", "accident", "disaster", "collapse", "fire", "flood", "coup"]
)  # fmt: skip
# What the present passive tells of what has been: "is dated 5 May", "is said to have left on Friday".
_TELLING = frozenset(
    ["date", "say", "believe", "think", "know", "report", "see", "accuse", "charge", "suspect", "allege"]
)
_WHERE = frozenset(["in", "at", "back"])
_AT_WORK = frozenset(["open", "closed", "shut", "free", "available", "back"])
_DEEPEST = 12
_STRETCHES = frozenset(["end", "beginning", "start", "middle", "part", "course", "rest", "half", "eve", "period"])


def tokens_of(doc: Doc, start: int, end: int) -> Span | None:
    """The tokens that cover the characters start to end."""
    return doc.char_span(start, end, alignment_mode="expand")


def tense_at(doc: Doc, start: int, end: int) -> Tense:
    """The tense of the clause that the phrase modifies; "" when no verb is above it.

    Auxiliaries decide first (will, going to), then a verb that looks ahead (expect, schedule), then the verb's own tag.
    """
    span = tokens_of(doc, start, end)
    if span is None:
        return ""
    before, verb = token_before(span), _verb_above(span.root)
    if before is not None and before.lower_ == "since":
        return "past"  # "the first ship to reach the town since February"
    if before is not None and before.lower_ in _TO_AN_END and before.i and before.nbor(-1).lower_ in _FROM_NOW:
        return "future"  # "from today through Nov. 17"
    if before is not None and before.lower_ in _UP_TO and not (before.i and before.nbor(-1).ent_type_ == "DATE"):
        return "future" if verb is not None and _puts_off(verb) else "near"
    if before is not None and verb is not None and before.lower_ in ("to", "by") and verb.tag_ != "VBP":
        infinitive = verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children)
        asked = before.lower_ == "by" and verb.lemma_ in _ASKING
        if infinitive or asked or (before.lower_ == "to" and _puts_off(verb)):
            return "future"
    soon = before is not None and before.i > 1 and before.lower_ == "as" and before.nbor(-1).lower_ == "soon"
    if soon and verb is not None and verb.tag_ != "VBD":
        return "future"  # "could move as soon as Wednesday"
    between = _between(span.root)
    if any(t.lower_ in _AHEAD for t in between if t.pos_ == "ADJ"):
        return "future"
    noun = next((t for t in between if t.pos_ in ("NOUN", "PROPN")), None)
    if noun is not None and noun.lemma_.lower() in _SUDDEN and not _ahead_of(verb):
        return "past"  # "involved in the Oct. 7 attack": nobody announces one
    if verb is not None and verb.lemma_ == "invite" and noun is not None and any(t.lower_ == "to" for t in between):
        return "future"  # "had invited them to the final on Sunday"
    if verb is not None and verb.lemma_ == "call" and any(t.lower_ == "for" and t.head.i == verb.i for t in between):
        # "called for a vote on Dec. 7"; but "called for an inquiry on Friday", which was the day of the call
        lone = span.text.isalpha() and noun is not None and noun.lemma_.lower() not in _CALLED_FOR
        return "past" if lone else "future"
    if verb is None:
        return ""
    # "The attack on Feb. 3 had been planned": the day is the attack's, and the planning looks no further ahead.
    subject = next((t.dep_ for t in span.root.ancestors if t.head.i == verb.i and t.dep_[:5] == "nsubj"), "")
    if subject and any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children):
        return "past"
    if _is_due(verb):
        return "future"  # "is due in Lod on Thursday"
    tense = _tense_of(verb, span.start)
    if tense == "present" and _tells_when(span, verb):
        return "future"  # "the deadline is Friday", "the funeral is on Monday"
    if tense == "present" and _stands_for_subject(span, verb):
        return "future"  # "Saturday marks the end of the fast"
    if tense == "past" and subject == "nsubj":
        return "past"  # "the invasion on Feb. 24 came as a shock": what did something had happened
    if tense == "future" and not subject and span.root.dep_ in ("compound", "nmod", "amod") and between:
        return "near"  # "could be pushed back from an October meeting": the verb says nothing of the meeting's day
    # "They announced the gig on 8 October": the day may be the gig's, which is still to come.
    return "loose" if tense == "past" and any(_holds_date(t) for t in between) else tense


def _ahead_of(verb: Token | None) -> bool:
    """Whether a clause looks ahead: "will mark", "plan"."""
    words = () if verb is None else (c.lower_ for c in verb.children if c.dep_ == "aux")
    return verb is not None and (verb.lemma_ in _FUTURE_HEADS or any(w in _FUTURE_AUXILIARIES for w in words))


def _is_due(verb: Token) -> bool:
    """“Is due in Lod”, “was due there”: what is told of lies ahead; what had been due may be over."""
    due = any(c.dep_ == "acomp" and c.lower_ in _FUTURE_HEADS for c in verb.children)
    return due and verb.lemma_ == "be" and not any(c.lower_ == "had" for c in verb.children)


def _stands_for_subject(span: Span, verb: Token) -> bool:
    """Whether a day right before a verb without a subject is the subject itself."""
    alone = not any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") and c.i not in range(span.start, span.end)
                    for c in verb.children)  # fmt: skip
    return alone and span.end == verb.i and span.start == verb.sent.start


def _tells_when(span: Span, verb: Token) -> bool:
    """Whether the day is what is told of a thing by “is”, and no more."""
    if verb.lemma_ != "be" or not any(c.dep_ == "nsubj" for c in verb.children):
        return False
    above = span.root.head
    direct = above.i == verb.i or (above.lower_ in ("on", "for") and above.head.i == verb.i)
    said = [c for c in verb.children if c.dep_ in ("attr", "acomp", "prep", "advmod") and verb.i < c.i < span.start]
    where = any(c.lower_ in _WHERE for c in said)  # "she is in Lod on Friday", "is back in court on Friday"
    thing = any(c.dep_ == "nsubj" and c.pos_ == "NOUN" for c in verb.children)
    lone = span.text.isalpha()  # "open on Sunday", which may be said of next Sunday alone
    plain = not any(c.dep_ in ("attr", "acomp") and not (lone and c.lower_ in _AT_WORK) for c in said)
    return direct and plain and (thing or where)


def _holds_date(word: Token) -> bool:
    """Whether a word is a thing with a day of its own; not a stretch of time, “the last days of May”."""
    return word.pos_ == "NOUN" and word.lemma_.lower() not in UNITS and word.lemma_.lower() not in _STRETCHES


def _between(token: Token) -> list[Token]:
    """What a date hangs on below the verb of its clause."""
    found: list[Token] = []
    while token.head.i != token.i and token.head.pos_ not in ("VERB", "AUX") and len(found) < _DEEPEST:
        token = token.head
        found.append(token)
    return found


def told_as_earlier(doc: Doc, start: int, end: int) -> bool:
    """Whether the clause looks back from what was told before it: “he had fled in June”.

    The past perfect of “by June they had fled” looks back from June itself (Reichenbach 1947, section 51).
    """
    span = tokens_of(doc, start, end)
    before = token_before(span) if span is not None else None
    if span is None or before is None or before.lower_ not in ("in", "on", "from"):
        return False
    verb = _verb_above(span.root)
    return verb is not None and any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children)


def _verb_above(token: Token) -> Token | None:
    for _ in range(12):
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _tense_of(verb: Token, at: int) -> Tense:
    for _ in range(4):
        helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
        if any(c.lower_ in _FUTURE_AUXILIARIES for c in helpers):
            return "future"
        if _would(helpers, at):
            return "would"
        if verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl") and not helpers:
            return "near" if verb.lemma_ in _FUTURE_HEADS and not _settled(verb) else "past"
        infinitive = any(c.lower_ == "to" for c in helpers)
        if infinitive and verb.tag_ == "VBN" and verb.head.lower_ in ("was", "were"):
            return "past"  # "was to have spoken on Saturday": it would be over
        if infinitive and verb.dep_ == "xcomp" and verb.head.lower_ in ("was", "were"):
            return "would"  # "was to begin his concerts on July 13"
        if verb.lemma_ in _FUTURE_HEADS and any(c.lower_ == "had" for c in helpers):
            return "near"  # "had been set for Tuesday"
        if infinitive and _was_to(verb.head):
            return "near"
        if infinitive and (verb.dep_ in ("relcl", "acl") or verb.head.lemma_ in _FUTURE_HEADS):
            return "future"
        if infinitive and verb.dep_ in ("xcomp", "ccomp") and verb.head.lemma_ in _ARRANGING:
            return "would"
        if (infinitive and verb.dep_ == "xcomp" and _is_to(verb.head)) or _is_to(verb):
            return "future"
        if verb.tag_ == "VBD" or any(c.tag_ == "VBD" and c.lower_ != "had" for c in helpers):
            return "past" if verb.lemma_ not in _FUTURE_HEADS else "future"
        if verb.lemma_ in _FUTURE_HEADS or (
            verb.tag_ == "VBG" and any(c.dep_ == "xcomp" for c in verb.children) and verb.lemma_ == "go"
        ):
            return "future"
        if any(c.lower_ in ("has", "have", "had") for c in helpers):
            return "past"
        if verb.tag_ == "VBN" and any(c.lower_ in ("is", "are") for c in helpers) and verb.lemma_ not in _TELLING:
            return "future"  # "is broadcast on Sunday"; a headline leaves out the "is"
        if verb.tag_ == "VB" and verb.dep_ == "ROOT" and not helpers and not _has_subject(verb):
            return "future"  # "Join us on Friday"
        if verb.tag_ in ("VBZ", "VBP"):
            arranged = verb.lemma_ in _ARRANGED and any(t.text == "." for t in verb.sent[-2:])
            takes = verb.lemma_ == "take" and any(c.lower_ in ("effect", "place", "office") for c in verb.children)
            return "future" if verb.lemma_ in _SCHEDULED or arranged or takes else "present"
        if verb.head.i == verb.i:
            break
        above = _verb_above(verb.head)
        if above is None:
            break
        verb = above
    return "past" if verb.tag_ == "VBN" else ""


def _has_subject(verb: Token) -> bool:
    return any(c.dep_[:5] == "nsubj" for c in verb.children)


def _would(helpers: list[Token], at: int) -> bool:
    """“It said two flights would leave on Monday”: what was to come when it was said; not “would have left”.

    Nor “said on Monday it would leave”, where the day stands before.
    """
    words = {c.lower_ for c in helpers if c.i < at}
    return bool(words & {"would", "'d", "’d"}) and "have" not in words


def _puts_off(verb: Token) -> bool:
    """“Has been shut until Tuesday”, “was postponed until Monday”: the end lies ahead."""
    perfect = any(c.lower_ in ("has", "have") for c in verb.children if c.dep_ == "aux")
    # "moved from May 3 to April 28": from the one day, the other is not told as one to come
    return perfect or (verb.lemma_ in _PUT_OFF and not any(c.lower_ == "from" for c in verb.children))


def _settled(verb: Token) -> bool:
    """“A record set on Aug. 6”: what is set “for” a day lies ahead, what was set “on” it does not."""
    return verb.lemma_ == "set" and not any(c.lower_ in ("for", "to") for c in verb.children)


def _is_to(verb: Token) -> bool:
    """“Is to visit”."""
    infinitives = (c for c in verb.children if c.dep_ == "xcomp" and any(g.lower_ == "to" for g in c.children))
    return verb.lemma_ == "be" and verb.tag_ in ("VBZ", "VBP") and any(infinitives)


def _was_to(head: Token) -> bool:
    """“Had been due to expire on Friday”: it was to come, and may have passed."""
    return head.lemma_ in _FUTURE_HEADS and any(
        c.lower_ == "had" for t in (head, head.head) for c in t.children if c.dep_ == "aux"
    )


def token_before(span: Span) -> Token | None:
    """The word before a span, white space skipped; None at the start."""
    index = span.start - 1
    while index >= 0 and span.doc[index].is_space:
        index -= 1
    return span.doc[index] if index >= 0 else None


def token_after(span: Span) -> Token | None:
    """The word after a span, white space skipped; None at the end."""
    index = span.end
    while index < len(span.doc) and span.doc[index].is_space:
        index += 1
    return span.doc[index] if index < len(span.doc) else None
