"""What the parser hangs on the wrong word: times, clauses, participles, measures."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.reading.english.mended.words import DAYS, SUBJECTS, Heads, words

_PEOPLES = ("an", "ish", "ese", "i", "ch")  # the ends of what is said of a people: "Ukrainian", "Israeli"
_HELD = frozenset({"head", "spokesman", "spokeswoman", "editor", "founder", "owner", "ambassador", "bishop",
                   "commander", "coach", "manager", "dean", "rector", "deputy", "envoy", "commissioner",
                   "archbishop", "executive", "widow", "son", "daughter", "wife", "brother", "sister", "sheriff",
                   "chairperson", "boss", "author", "warden", "principal"})  # fmt: skip
_QUAKES = frozenset({"earthquake", "quake", "tremor", "aftershock", "temblor"})
_BY_DOING = frozenset({"by", "without", "for", "after", "before", "while", "since", "of"})
_NAMING = frozenset({"call", "dub", "term", "label", "name", "brand", "declare"})
_INNER = frozenset({"on", "in", "at", "of", "near", "against"})


def mend_change(verb: Token, heads: Heads) -> None:
    """Let "amid intensifying clashes" be clashes that intensify, which nobody intensifies."""
    noun = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    one = noun.tag_ == "NN" and verb.head.lower_ not in _BY_DOING  # "against freezing weather"
    if noun.dep_ == "dobj" and noun.head == verb and (noun.tag_ == "NNS" or one):
        heads[noun], heads[verb] = verb.head, noun
        noun.dep_, verb.dep_, verb.pos_ = "pobj", "amod", "ADJ"


def free_place(off: Token, heads: Heads) -> None:
    """Let "capsized off Bergen" be near Bergen, where the parser has a particle."""
    place = off.nbor() if off.i + 1 < len(off.doc) else off
    beside = place.pos_ == "PROPN" and place.ent_type_ not in ("DATE", "TIME")
    sailing = place.dep_ == "npadvmod" or (place.dep_ == "dobj" and off.head.lemma_.lower() in words("harmful verbs"))
    if any(c.ent_type_ == "GPE" or c.dep_ == "pobj" for c in off.children):
        off.dep_, off.pos_ = "prep", "ADP"  # "struck off Japan"
    elif beside and sailing and place.head == off.head:
        heads[place], place.dep_, off.dep_, off.pos_ = off, "pobj", "prep", "ADP"


def lead_to_office(name: Token, heads: Heads) -> None:
    """Let "the mayor of Lod, Ada Berg," be the mayor, and not the town."""
    place = name.head
    while place.dep_ == "appos":
        place = place.head  # "the leader of the Green Party (GP), Ada Berg,"
    link, office = place.head, place.head.head
    known = name.ent_type_ == "PERSON" or (name.ent_type_ != "GPE" and name.left_edge.i < name.i)
    held = known and place.dep_ == "pobj" and link.lower_ in ("of", "for", "in", "to") and office.tag_ in ("NN", "NNP")
    if held and office.lower_ in (words("offices") if place.ent_type_ == "PERSON" else words("offices") | _HELD):
        heads[name] = office


def free_clause(verb: Token, heads: Heads) -> None:
    """Let "said in a letter to Lod that Rome had acted" say so: the clause is no more of the letter."""
    if verb.dep_ != "relcl":
        return
    that = next((c for c in verb.children if c.lower_ == "that" and c.dep_ in ("dobj", "mark") and c.i < verb.i), None)
    own = any(c.dep_ in SUBJECTS and c != that for c in verb.children)
    telling = (a for a in verb.ancestors if a.pos_ == "VERB" and a.lemma_.lower() in words("telling"))
    above = next(telling, None) if that is not None and own else None
    nearer = next((a for a in verb.ancestors if a.pos_ == "VERB"), None)
    if that is None or above is None or above != nearer or above.i > verb.i:
        return
    said = above.lemma_ == "say" and not any(c.dep_ in ("ccomp", "dobj") for c in above.children)
    if said or that.tag_ == "IN":
        heads[verb], verb.dep_, that.dep_ = above, "ccomp", "mark"


def keep_in_clause(day: Token, heads: Heads) -> None:
    """Let "a plane that crashed in Ohio Thursday killed two" crash on Thursday, the clause that the day ends.

    So was "the ship seized by Chad last week" seized.
    """
    main = day.head
    behind = (c for s in main.children if s.dep_ in SUBJECTS for c in s.children)
    clause = next((c for c in behind if c.dep_ == "relcl" or (c.dep_ == "acl" and c.tag_ == "VBN")), None)
    if clause is not None and clause.i < day.i and not any(t.text == "," for t in day.doc[clause.i : main.i]):
        heads[day] = clause


def mend_speech(verb: Token, heads: Heads) -> None:
    """Let "troops advanced while the president pleaded, saying …" be said by the president."""
    above = verb.head
    behind = above.i < verb.i and verb.dep_ == "advcl" and verb.nbor(-1).text == ","
    if not behind or verb.lemma_.lower() not in words("speaking"):
        return
    nearer = [t for t in verb.doc[above.i + 1 : verb.i] if t.dep_ == "advcl" and t.head == above and t.tag_ == "VBD"]
    if nearer and not _names_person(above) and _names_person(nearer[-1]):
        heads[verb] = nearer[-1]


def _names_person(verb: Token) -> bool:
    return any(c.dep_ == "nsubj" and c.ent_type_ == "PERSON" for c in verb.children)


def mend_relative(verb: Token, heads: Heads) -> None:
    """“A strike on the consulate in Lod on April 1 that killed seven”: the strike did, not the day."""
    prep = verb.head.head
    who = next((c for c in verb.children if c.dep_ in SUBJECTS and c.lower_ in ("that", "which")), None)
    if who is None or any(c.lower_ in ("when", "where") for c in verb.children):
        return
    nouns = [t for t in verb.doc[prep.sent.start : prep.i] if t.pos_ == "NOUN" and t.dep_ in ("pobj", "dobj", "nsubj")]
    if nouns:
        near = nouns[-1]
        while near.dep_ == "pobj" and near.head.lower_ in _INNER and near.head.head.pos_ == "NOUN":
            near = near.head.head
        heads[verb], heads[prep] = near, near


def free_object(place: Token, heads: Heads) -> None:
    """Let "released from custody a former minister" release the minister, whom the parser makes the custody's."""
    whom, link = place.head, place.head.head
    bare = link.i == place.i - 1 and whom.dep_ == "pobj" and link.dep_ == "prep" and link.head.pos_ == "VERB"
    if bare and not any(c.dep_ in ("dobj", "auxpass") for c in link.head.children):
        heads[place], heads[whom] = link, link.head
        place.dep_, whom.dep_ = "pobj", "dobj"


def lead_to_deed(verb: Token, heads: Heads) -> None:
    """Let "the strike on Lod, which killed 90" be the strike that killed, and not the town."""
    place, link = verb.head, verb.head.head
    which = next((c for c in verb.children if c.dep_ == "nsubj" and c.tag_ == "WDT"), None)
    if which is None or place.dep_ != "pobj" or link.dep_ != "prep" or place.ent_type_ == "ORG":
        return
    deed = link.head
    if place.pos_ == "PROPN" and deed.pos_ == "NOUN" and deed.lemma_.lower() in words("harmful nouns"):
        heads[verb] = deed


def mend_harm(verb: Token, heads: Heads) -> None:
    """Let "found a train that derailed, killing 80" be the train that killed, and not the finders."""
    above = verb.head
    if verb.dep_ == "conj" and above.dep_ == "acl" and verb.lemma_.lower() in words("harming"):
        joined = any(c.dep_ == "cc" for c in above.children)
        main = next((a for a in above.ancestors if a.tag_ in ("VBD", "VBZ", "VBP") and a.dep_ != "relcl"), None)
        if not joined and main is not None and verb.nbor(-1).text == "," and main.i < verb.i:
            heads[verb], verb.dep_ = main, "advcl"  # "opened fire on people fleeing the town, killing 11"
        return
    if verb.dep_ != "advcl" or verb.lemma_.lower() not in words("harming") or above.i > verb.i:
        return
    if verb.nbor(-1).text != "," or above.lemma_.lower() in words("harmful verbs"):
        return
    between = (t for t in verb.doc[above.i + 1 : verb.i] if t.dep_ in ("relcl", "acl", "advcl", "ccomp"))
    nearer = [t for t in between if t.lemma_.lower() in words("harmful verbs")]
    if nearer:
        heads[verb] = nearer[-1]


def join_name(name: Token, heads: Heads) -> None:
    """Let "dismissed Ada Roe, the head of the bank, and | Bo Lind |" dismiss both: names go with names."""
    above = name.head
    if above.pos_ == "VERB":
        fitting = (c for c in above.children if c.dep_ in ("dobj", "nsubj", "nsubjpass") and c.pos_ == "PROPN")
    else:
        beside = (t for t in (above, *above.ancestors) if t.dep_ == "appos")
        fitting = (t.head for t in beside if t.head.ent_type_ == "PERSON" and above.ent_type_ != "PERSON")
    first = next((t for t in fitting if t.ent_type_ == name.ent_type_ == "PERSON" and t.i < name.i), None)
    between = name.doc[first.right_edge.i : name.left_edge.i] if first is not None else ()
    if first is not None and not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") and t.dep_ != "relcl" for t in between):
        heads[name] = first


def mend_gerund(word: Token, heads: Heads) -> None:
    """Let "blamed Ukrainian shelling" blame a shelling, and who "are missing" be so: they miss nothing."""
    before = word.nbor(-1) if word.i else word
    labels = {c.dep_ for c in word.children}
    people = before.ent_type_ in ("NORP", "GPE") and before.text.endswith(_PEOPLES)
    beside = before.head.i == word.head.i and before.dep_ in ("dobj", "pobj")
    hung = word.dep_ in ("advcl", "acl", "xcomp", "ccomp", "pcomp") and "dobj" not in labels
    if people and beside and hung:
        word.tag_, word.pos_, word.dep_ = "NN", "NOUN", before.dep_
        before.dep_ = "amod"
        heads[before] = word
    elif word.lower_ == "missing" and "dobj" not in labels:
        word.tag_, word.pos_ = "JJ", "ADJ"
        if word.dep_ in ("advcl", "xcomp", "ccomp", "acl") and before.dep_ in ("dobj", "nsubj"):
            word.dep_ = "oprd"  # "left two men | missing"


def quake_of(measure: Token) -> Token | None:
    """The earthquake right behind "magnitude 8.9", which the parser sets beside it or makes a second subject."""
    beside = (c for c in measure.children if c.dep_ == "appos" and c.lower_ in _QUAKES)
    twice = (c for c in measure.head.children if c.dep_ == measure.dep_ == "nsubj" and c.lower_ in _QUAKES)
    return next((c for c in (*beside, *twice) if measure.i < c.i <= measure.i + 2), None)


def lead_to_craft(maker: Token, heads: Heads) -> None:
    """Let "an Orsa Airlines | Boeing 777 | crashed" be the plane, where the parser has the airline."""
    if not any(c.dep_ == "det" and c.lower_ in ("a", "an", "another") for c in maker.children):
        return
    craft = next((c for c in maker.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i > maker.i), None)
    if craft is None or craft.left_edge.i != maker.i + 1:
        return
    heads.update(dict.fromkeys((c for c in maker.children if c.dep_ == "det" or c.i > craft.i), craft))
    heads[craft], heads[maker] = (craft if maker.head == maker else maker.head), craft
    craft.dep_, maker.dep_ = maker.dep_, "compound"


def call_so(given: Token, heads: Heads) -> None:
    """Let "called the hearing | “a disaster” |" call it so, where the parser sets it beside the hearing."""
    thing, verb = given.head, given.head.head
    if thing.dep_ != "dobj" or verb.lemma_ not in _NAMING or given.left_edge.i <= thing.i:
        return
    if all(t.is_quote for t in given.doc[thing.i + 1 : given.left_edge.i]):
        heads[given], given.dep_ = verb, "oprd"


def join_clock(half: Token, heads: Heads) -> None:
    """Let "opened fire about 9:30 | a.m." be one time, where the parser hangs its half of the day elsewhere."""
    hour = half.nbor(-1) if half.i else half
    if hour.pos_ == "NUM" and half not in (hour, hour.head) and half.head != hour:
        heads[half], half.dep_ = hour, "advmod"


def mend_means(by: Token) -> None:
    """Let "spoke | by phone |" be how she spoke: nothing is done by anybody where somebody does it."""
    if any(c.dep_ == "nsubj" for c in by.head.children) and by.head.tag_ in ("VBD", "VBZ", "VBP"):
        by.dep_ = "prep"


def one_of_them(word: Token, heads: Heads) -> None:
    """Let "the dean was | among the dead |" be dead, as who "was dead" is."""
    among, be = word.head, word.head.head
    if among.lower_ == "among" and be.lemma_ == "be" and be.pos_ == "AUX":
        heads[word], heads[among] = be, word
        word.dep_, word.pos_, word.tag_ = "acomp", "ADJ", "JJ"


def open_clause(link: Token, heads: Heads) -> None:
    """Let "before | the sale was scrapped" be a clause, where the parser has a preposition and a lone verb."""
    noun = next((c for c in link.children if c.dep_ == "pobj"), None)
    after = noun.right_edge.i + 1 if noun is not None else 0
    if noun is None or after >= len(link.doc):
        return
    first = link.doc[after]
    verb = first.head if first.dep_ in ("aux", "auxpass") else first
    finite = first.tag_ in ("VBD", "VBZ", "VBP") and verb.tag_ in ("VBD", "VBN", "VBZ", "VBP")
    if not finite or verb.i < after or any(c.dep_ in SUBJECTS for c in verb.children) or link.is_ancestor(verb):
        return
    above = link.head
    if verb.is_ancestor(above):
        heads[above], above.dep_ = (verb.head if verb.dep_ != "ROOT" else above), verb.dep_
    heads[verb], heads[link], heads[noun] = above, verb, verb
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    verb.dep_, link.dep_, noun.dep_ = "advcl", "mark", "nsubjpass" if passive else "nsubj"


def lead_to_quake(measure: Token, heads: Heads) -> None:
    """Let "a magnitude 8.9 earthquake" be an earthquake, where the parser has a magnitude that is one."""
    quake = quake_of(measure)
    if quake is None:
        return
    number = next((c for c in quake.children if c.dep_ == "nummod" and c.i == measure.i + 1), None)
    heads[quake] = measure.head if measure.head.i != measure.i else quake
    quake.dep_ = measure.dep_
    heads[measure] = quake
    measure.dep_ = "compound"
    if number is not None:
        heads[number] = measure


def free_owner(of: Token, heads: Heads) -> None:
    """Let "the resignation on Wednesday of the governor" be the governor's: a day of the week is nobody's."""
    day = of.head
    noun = day.head.head
    owned = day.lower_ in DAYS and day.dep_ == "pobj" and noun.pos_ == "NOUN" and noun.i < day.i
    if owned and not any(c.tag_ in ("JJ", "DT") and c.lower_ in ("last", "next", "this") for c in of.subtree):
        heads[of] = noun


def mend_cleft(verb: Token, heads: Heads) -> None:
    """Let "it was on Wednesday that she resigned" be that she resigned on Wednesday."""
    be = verb.head
    empty = any(c.lower_ == "it" and c.dep_ == "nsubj" for c in be.children)
    that = any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children)
    if be.lemma_ != "be" or not empty or not that or any(c.dep_ in ("attr", "acomp") for c in be.children):
        return
    for place in (c for c in be.children if c.dep_ == "prep" and be.i < c.i < verb.i):
        heads[place] = verb
