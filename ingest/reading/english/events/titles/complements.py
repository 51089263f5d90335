"""What a verb needs after it in a title: its object, what is said, where to, what of."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from ingest.reading.english.events.finding.lexicon import event_lexicon
from ingest.reading.english.events.finding.triggers import Trigger
from ingest.reading.english.events.finding.verbs import particle_of
from ingest.reading.english.events.titles.names import named, named_all, shown_name
from ingest.reading.english.events.who.mentioned import MentionIndex
from ingest.reading.english.events.who.participants import arguments
from ingest.reading.english.events.who.subjects import Argument, left_out
from ingest.reading.english.events.wording import clause_words, infinitive, phrase, so_called, within

_CIRCUMSTANCE = frozenset(
    {
        "after", "before", "during", "since", "until", "till", "amid", "despite", "because", "according", "by",
        "while", "as", "following", "per", "given", "than"
    }
)  # fmt: skip
_OCCASIONS = frozenset(
    {"time", "moment", "occasion", "space", "day", "week", "month", "year", "end", "beginning", "eve"}
)
_WAYS = frozenset({"back", "home", "away", "down", "up", "over", "out", "together"})
_CHOOSING = frozenset({"choose", "select", "pick", "elect", "hire", "recruit", "assemble"})
_AIMING = frozenset({"deal", "agreement", "accord", "pact", "treaty", "plan", "bill", "law", "resolution", "decree"})
_HELD_IN = frozenset({"prison", "jail", "custody", "detention", "captivity", "exile", "hiding"})
_MAKING_SO = frozenset({"order", "want", "have", "get", "see", "leave", "keep", "find", "need"})
_AMOUNTS = frozenset({"PERCENT", "MONEY", "QUANTITY"})
_UNITS = frozenset(
    {"point", "percent", "cent", "seat", "vote", "notch", "place", "degree", "barrel", "spot", "run", "goal"}
)
_NAMED = ("name", "nominal")
_ROOM = 80  # characters of a title


def objects(trigger: Trigger) -> list[Token]:
    """Heads of what is acted on, the direct object first."""
    kinds, verb = ("NOUN", "PROPN", "NUM"), trigger.token
    # "revoked the licence but restored it"
    if verb.dep_ == "conj" and any(c.dep_ == "dobj" and c.lower_ in ("it", "them") for c in verb.children):
        return [c for c in verb.head.children if c.dep_ == "dobj" and c.pos_ in kinds]
    # "declared seven days of mourning": a time, and the thing declared
    timed = [c for c in verb.children if c.dep_ == "dobj" and c.pos_ in kinds and c.ent_type_ in ("DATE", "TIME")]
    if any(_says_of_what(t) for t in timed):
        return timed
    acted_on = [a for a in arguments(trigger, frozenset()) if a.role == "patient" or _gathering(a, trigger)]
    found = [a.head for a in acted_on if a.head.pos_ in kinds or _is_share(a.head)]
    if not found and verb.dep_ == "relcl" and _leaves_object(verb):
        found = [verb.head]  # "a charity he founded", "a vote that Lod calls illegal"
    if not found and trigger.event.type in ("ASSAULT", "COERCE", "SANCTION"):
        found = _shared_object(verb)
    found.sort(key=lambda h: h.dep_ == "pobj")
    # "refuses to recognise the vote": what is told there is the infinitive
    return [h for h in found if not (h.head.head.i == verb.i and _further_deed(h.head))]


def _is_share(word: Token) -> bool:
    """Whether a word is a part of what is told behind it: "destroyed | most | of the roof"."""
    part = word.lower_ in ("most", "much", "all", "half", "part", "parts", "several", "many", "some")
    return part and any(c.lower_ == "of" for c in word.children)


def _further_deed(verb: Token) -> bool:
    """Whether what a verb takes is a deed with an object of its own: "refuses | to sign it", "stops | serving it"."""
    return verb.dep_ in ("xcomp", "ccomp") and (infinitive(verb) or verb.tag_ in ("VBG", "VB"))


def _leaves_object(verb: Token) -> bool:
    """Whether a relative clause without a pronoun has its noun for an object: "the house | they sold"."""
    children = [c for c in verb.children if c.i < verb.i]
    relative = any(c.tag_ in ("WP", "WDT", "WRB", "WP$") or c.lower_ == "that" for c in children)
    called = any(c.dep_ == "oprd" for c in verb.children) and any(c.lower_ in ("that", "which") for c in children)
    relative = relative and not called
    active = any(c.dep_ == "nsubj" for c in children) and not any(c.dep_ == "auxpass" for c in children)
    taken = any(c.dep_ in ("dobj", "ccomp", "xcomp", "prep", "attr", "acomp") for c in verb.children if c.i > verb.i)
    return active and not relative and not taken and verb.head.pos_ in ("NOUN", "PROPN")


def _gathering(argument: Argument, trigger: Trigger) -> bool:
    """Whether what is called together is a meeting, and nobody who meets: "convened | six meetings"."""
    listed = event_lexicon().nouns.get(argument.head.lemma_.lower())
    called = argument.head.dep_ == "dobj" and argument.head.head.i == trigger.token.i
    return called and listed is not None and listed.type == "CONSULT"


def _shared_object(verb: Token) -> list[Token]:
    """The object that verbs side by side have together: "killed, wounded or captured | forty soldiers"."""
    while verb.pos_ == "VERB":
        following = next((c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB"), None)
        if following is None or following.i - verb.i > 3:
            return []
        found = [c for c in following.children if c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN")]
        if found:
            return found
        verb = following
    return []


def object_words(heads: Sequence[Token], index: MentionIndex, trigger: Trigger, agents: Sequence[str]) -> str:
    """The object with its own preposition, and before it to whom: "people of Ukraine hope", "against the law".

    Arguments: heads of what is acted on; the article's entities; the verb; the names of who acts.
    """
    verb = trigger.token
    left_out = frozenset({verb.i, verb.i - 1}) if trigger.misread else frozenset()
    for head in (h for h in heads if not _only_when(h, index) and h.dep_ != "appos"):
        mention = index.at(head)
        plain = mention is None or mention[1] == "demonym"
        words = phrase(head, left_out) if trigger.misread and plain else _both(head, index, agents)
        if mention is not None and mention[1] == "nominal" and trigger.event.type == "ACCUSE":
            words = shown_name(mention[0], index)  # the parse hangs "of theft" on the one accused
        said = particle_of(verb)
        own = head.dep_ == "pobj" and head.head.dep_ == "prep" and head.head.head in (verb, said)
        own = own and head.head.lower_ != "of" and (said is None or said.i != head.head.i)
        return f"{head.head.lower_} {words}" if own else f"{_recipient(verb, head, index)}{words}"
    particle = particle_of(verb)
    bound = [c for c in particle.children if c.dep_ in ("pobj", "pcomp")] if particle is not None else []
    for inner in (c for c in bound if not index.is_time(c)):  # "called for help": the parser hangs it on the particle
        return clause_words(inner, 7) if inner.dep_ == "pcomp" else named(inner, index, agents)
    return ""


def _says_of_what(time: Token) -> bool:
    """Whether a length of time is told with what fills it; "the rest of the week" is but a time."""
    inner = [g for c in time.children if c.dep_ == "prep" and c.lower_ in ("of", "in") for g in c.children]
    filled = any(g.head.lower_ == "of" and g.pos_ == "NOUN" and g.ent_type_ not in ("DATE", "TIME") for g in inner)
    return filled or any(g.lower_ in _HELD_IN for g in inner)


def _only_when(head: Token, index: MentionIndex) -> bool:
    """Whether an object is but a time; "declared seven days of mourning" has one that says what they are of."""
    return index.is_time(head) and not (head.dep_ == "dobj" and _says_of_what(head))


def _both(head: Token, index: MentionIndex, agents: Sequence[str]) -> str:
    """The object and the one coordinated with it, where there are no more and both are short."""
    several = named_all(head, index, agents) if head.dep_ == "dobj" else []
    both = " and ".join(several)
    return both if len(several) == 2 and "others" not in several and len(both) <= 40 else named(head, index, agents)


def _recipient(verb: Token, head: Token, index: MentionIndex) -> str:
    """To whom, where the text says it without "to": "gives | Ukraine | tanks", "gives | himself | time"."""
    if head.dep_ != "dobj":
        return ""
    for child in verb.children:
        if child.dep_ == "dative" and child.pos_ != "ADP" and child.i < head.i:
            reflexive = child.lower_.endswith(("self", "selves"))
            words = child.lower_ if reflexive else named(child, index)
            return f"{words} " if words else ""
    return ""


def after_object(trigger: Trigger, index: MentionIndex, has_object: bool, most: int, said: str) -> str:
    """What the verb needs beside its object: "travels to Moscow", "accuses Russia of genocide", "calls it a farce".

    Without an object the content of a saying comes first, then the verb's first preposition that is no time. With one,
    an infinitive, a name given, "of …", then the first other preposition that is no time.

    Arguments: the verb; the article's entities; whether the title has its object; how many words a clause may have;
    what the title says already.
    """
    verb = trigger.token
    if has_object and trigger.event.saying and (words := content(trigger, most)):
        return words
    if trigger.event.lemma == "agree" and not has_object and not content(trigger, most):
        to_what = _first([p for p in _prepositions(verb) if p.lower_ in ("to", "on")], index, most, said)
        if to_what:
            return to_what  # "agreed in Minsk | to a ceasefire"
    holds = any(c.dep_ == "ccomp" for c in verb.children)
    praised = next((c for c in _prepositions(verb) if c.lower_ == "as" and not holds), None)
    if praised is not None and trigger.event.type in ("SUPPORT", "ACCUSE", "STATEMENT", "REJECT"):
        inner = next((c for c in praised.children if c.dep_ in ("pobj", "amod")), None)
        it = "" if has_object or objects(trigger) else "it "
        return f"{it}as {phrase(inner)}" if inner is not None else ""
    if not has_object:
        told = content(trigger, most) or _state(trigger, index, most) or _by_how_much(verb, index)
        return told or _first(_prepositions(verb), index, most, said)
    for child in verb.children:
        given = child.dep_ in ("oprd", "xcomp") and child.i > verb.i and child.pos_ in ("ADJ", "NOUN")
        if given or (child.dep_ == "xcomp" and (infinitive(child) or child.tag_ == "VB")):
            return clause_words(child, most)
        if child.dep_ == "ccomp" and infinitive(child):
            own = {t.i for c in child.children if c.dep_ == "nsubj" for t in c.subtree}
            return clause_words(child, most, own)
    if verb.lemma_ in _MAKING_SO:  # "ordered flags | flown at half-staff"
        done = [c for o in verb.children if o.dep_ == "dobj" for c in o.children if c.dep_ == "acl" and c.tag_ == "VBN"]
        if done and done[0].i > verb.i:
            return clause_words(done[0], most)
    bound = ("of", "for", "with") if trigger.event.type == "ACCUSE" else ("of", "out")
    links = _prepositions(verb)
    # the parse may hang "accused the mayor | of theft" on the mayor
    if trigger.event.type == "ACCUSE" and not links:
        links = [p for c in verb.children if c.dep_ == "dobj" and index.at(c) for p in _prepositions(c)]
    shown = [h.head.i for h in objects(trigger)[:1] if h.dep_ == "pobj"]  # "broke | into his room" has said it
    links = [p for p in links if p.i not in shown]
    needed = _first([p for p in links if p.lower_ in bound], index, most, said)
    return needed or _first([p for p in links if p.i > _end_of_object(verb)], index, most, said)


def whither(trigger: Trigger, index: MentionIndex, most: int, said: str) -> str:
    """What stands after a passive: "prevented | from playing", "sworn in | as minister", "allowed | to leave"."""
    verb = trigger.token
    for child in verb.children:
        given = child.dep_ == "oprd" and child.i > verb.i and child.pos_ in ("ADJ", "NOUN", "PROPN")
        aim = child.dep_ == "xcomp" or (child.dep_ == "advcl" and verb.lemma_.lower() in _CHOOSING)
        if given or (aim and infinitive(child)):
            return clause_words(child, most)
    served = [p for p in verb.children if p.dep_ in ("prep", "dative") and p.lower_ == "as" and p.i > verb.i]
    for prep in served:
        office = next((c for c in prep.children if c.dep_ == "pobj" and c.pos_ in ("NOUN", "PROPN")), None)
        if office is not None:
            return f"as {phrase(office)}"
    return _first(_prepositions(verb), index, most, said)


def purpose(trigger: Trigger, most: int) -> str:
    """What an object is for, where it is said by an infinitive: "a plan | to invest in ports"."""
    heads = [c for c in trigger.token.children if c.dep_ == "dobj"]
    aims = [c for h in heads[:1] for c in h.children if c.dep_ == "acl" and infinitive(c)]
    if heads and heads[0].lemma_.lower() in _AIMING:  # the parse hangs "a deal on Tuesday | to limit ..." on the verb
        aims += [c for c in trigger.token.children if c.dep_ == "advcl" and infinitive(c)]
    return next((clause_words(c, most) for c in aims), "")


def about(trigger: Trigger, index: MentionIndex, before: str) -> str:
    """What a bill, a letter, a deal is about, where the parse hangs it on the verb."""
    links = (p for p in _prepositions(trigger.token) if p.lower_ in ("on", "for", "with", "about", "against"))
    words = next((w for p in links if (w := preposition_words(p, index, 7))), "")
    return words if len(before) + len(words) <= _ROOM else ""


def content(trigger: Trigger, most: int) -> str:
    """What was said, before or after the verb."""
    clauses = [c for c in trigger.token.children if c.dep_ in ("ccomp", "xcomp")]
    after = [c for c in clauses if c.i > trigger.token.i]
    before = [c for c in clauses if c.i < trigger.token.i] if trigger.event.saying else []
    return next((so_called(c) or _whole(c, most) for c in (*after, *before)), "")


def _whole(clause: Token, most: int) -> str:
    """The words of a clause, after the noun that it leaves out: "(the men) police said | had fled"."""
    words, noun = within(clause_words(clause, most), clause.left_edge), left_out(clause)
    return f"{phrase(noun)} {words}" if noun is not None and words else words


def _state(trigger: Trigger, index: MentionIndex, most: int) -> str:
    """What somebody is or becomes after a verb without object: "pleads | not guilty", "calls | it a farce"."""
    kinds = ("acomp", "attr", "oprd")
    found = (c for c in trigger.token.children if c.dep_ in kinds and c.i > trigger.token.i and c.pos_ != "PRON")
    called = next((c for c in trigger.token.children if c.dep_ == "dobj" and c.pos_ == "PRON"), None)
    it = f"{named(called, index) or called.lower_} " if called is not None else ""
    return next((f"{it if c.dep_ == 'oprd' else ''}{clause_words(c, most)}" for c in found), "")


def _by_how_much(verb: Token, index: MentionIndex) -> str:
    """The measure of a rise or a fall: "shares plunge | 61 percent"."""
    measures = (c for c in verb.children if c.dep_ in ("npadvmod", "dobj") and c.i > verb.i and not index.is_time(c))
    counted = (c for c in measures if any(g.dep_ == "nummod" for g in c.children))
    return next((phrase(c) for c in counted if c.ent_type_ in _AMOUNTS or c.lemma_.lower() in _UNITS), "")


def _end_of_object(verb: Token) -> int:
    return max((c.i for c in verb.children if c.dep_ == "dobj"), default=verb.i)


def _prepositions(verb: Token) -> list[Token]:
    said = particle_of(verb)
    links = [c for c in verb.children if c.dep_ in ("prep", "dative") and c.pos_ == "ADP" and c.i > verb.i]
    # "flew | back to the capital"
    back = (c for c in verb.children if c.dep_ == "advmod" and c.lower_ in _WAYS and c.i > verb.i)
    links += [p for way in back for p in way.children if p.dep_ == "prep" and p.lower_ in ("to", "from", "into")]
    return [c for c in links if said is None or c.i != said.i]


def _first(links: Sequence[Token], index: MentionIndex, most: int, said: str) -> str:
    """The first of some prepositions with its noun that says anything new."""
    for link in links:
        words = preposition_words(link, index, most)
        if words and link.head.dep_ == "advmod" and link.head.lower_ in _WAYS:
            words = f"{link.head.lower_} {words}"  # "walked | away from a summit"
        noun = words.partition(" ")[2]
        if words and not (noun and noun in said):
            return words
    return ""


def preposition_words(prep: Token, index: MentionIndex, most: int) -> str:
    """Read “to Moscow”, “of blowing up the dam”; nothing for a time or an occasion."""
    if prep.lower_ in _CIRCUMSTANCE:
        return ""
    further = next((c for c in prep.children if c.dep_ == "prep"), None)
    if further is not None and any(c.tag_ == "PRP" for c in further.children):
        return f"{prep.lower_} {further.lower_} {next(c.lower_ for c in further.children if c.tag_ == 'PRP')}"
    if further is not None and (words := preposition_words(further, index, most)):
        return f"{prep.lower_} {words}"  # "out of a deal"
    inner = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
    reached = inner is not None and prep.lower_ == "to" and inner.pos_ == "NUM"  # "the toll climbs | to 247"
    if inner is None or index.is_time(inner) or (inner.pos_ in ("PRON", "NUM", "X") and not reached):
        return ""
    if inner.lemma_.lower() in _OCCASIONS and inner.dep_ == "pobj":
        return ""
    if inner.dep_ == "pcomp":
        return f"{prep.lower_} {clause_words(inner, most)}"
    mention = index.at(inner)
    by_name = mention is not None and mention[1] in _NAMED and not index.by_key[mention[0]].described
    words = shown_name(mention[0], index) if mention is not None and by_name else phrase(inner)
    return f"{prep.lower_} {words}" if words else ""
