"""The patterns of the grammar: one regular expression a kind of time phrase."""

from __future__ import annotations

import re

from ingest.reading.english.times.phrases.words import (
    DECADE_WORDS,
    HOLIDAYS,
    MONTHS,
    NAMED_DAYS,
    NTH,
    NUMBERS,
    ORDINALS,
    PARTS_OF_DAY,
    SEASONS,
    UNITS,
    WEEKDAYS,
    any_of,
)

S = r"\s{1,3}"
_NTH = any_of(word for word, which in ORDINALS.items() if which > 0)
END = r"(?![\w])"
_FULL = any_of(m for m in MONTHS if len(m) > 4 or m in ("may", "june", "july"))
_SHORT = any_of(m for m in MONTHS if len(m) <= 5 and m not in ("may", "june", "july", "march", "april"))
MONTH = (
    rf"(?P<mon>(?:{_FULL}){END}|(?:{_SHORT})(?=\.|{END}))(?:(?<!may)(?<!june)(?<!july)(?<!march)(?<!april"
    rf")(?<!ary)(?<!ber)(?<!ust)\.)?"
)
MONTH_NAME = rf"{MONTH}(?=\W|$)"
DAY = r"(?P<d>(?:0?[1-9]|[12]\d|3[01]))(?:st|nd|rd|th)?(?![\w%]|[.,:]\d|-\d{3})"
# “the twenty-fourth of February”, “April first, 2021”: before a word the lower ones count something else.
_LOW_DAYS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_DAY_WORDS = (
    rf"twenty[\s-](?:{_LOW_DAYS})|thirty[\s-]first|{_LOW_DAYS}|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth"
    r"|twentieth|thirtieth"
)
DAY_IN_WORDS = rf"(?P<dw>{_DAY_WORDS})(?!\w)"
_WORDS_END = r"(?=\s{0,2}[,.;:)]|\s{1,3}(?:of\s{1,3})?(?:1\d|20)\d\d(?!\w)|\s{0,3}$)"
YEAR = r"(?P<y>1\d{3}|20\d{2})(?![\w%]|[.,]\d|/\d)"
# A year as it is spoken: "nineteen ninety-six", "two thousand and four", "the year two thousand".
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
SPOKEN_YEAR = (
    rf"(?:(?P<hundreds>seventeen|eighteen|nineteen|twenty){S}(?P<rest>hundred|(?:{_TENS})(?:[\s-](?:{_ONES}))?|{_TEENS}"
    rf"|(?:oh|o)[\s-](?:{_ONES}))|(?P<thousand>two{S}thousand){S}(?:and{S})?(?P<rest2>{_TEENS}|{_ONES}))(?![\w-]|{S}(?:percent|per|people|men))"
)
ERA = r"(?P<era>(?-i:B\.\s?C\.(?:\s?E\.)?|BCE?|B\.C|A\.D\.|AD|C\.E\.|CE)(?!\w))"
WEEKDAY_NAME = any_of(n for n in WEEKDAYS if n.endswith("day"))
WEEKDAY = (
    rf"(?P<wd>(?:{WEEKDAY_NAME})|"
    rf"(?:{any_of(n for n in WEEKDAYS if not n.endswith('day'))})\.?(?=,?\s{{1,3}}(?:\d"
    rf"|{any_of(MONTHS)})))"
)
YEAR_REFERENCE = (
    rf"(?:of{S})?(?P<yref>(?:that|the{S}same|this|last|next|the{S}(?:last|next|following"
    rf"|previous|preceding)){S}year|the{S}year{S}(?:before|after))"
)
PLAIN_UNIT = rf"(?P<unit>{any_of(UNITS)})"
_NO_COUNTS = frozenset(("half", "quarter", "single", "couple", "each", "zero", "a", "an", "dozen", "hundred", "score"))
COUNT_WORDS = any_of(word for word in NUMBERS if word not in _NO_COUNTS)
NUMBER = (
    rf"(?P<n>\d{{1,3}}(?:,\d{{3}}|\.\d{{1,2}}|{S}\d/\d)?|half[\s-]{{1,2}}an?|half(?=-)|quarter(?=-century)|a{S}quarter(?=-century)|a{S}quarter{S}of{S}a(?={S}century)|an?{S}(?:half|dozen|hundred|single|score{S}of)|(?:an?|one"
    rf"|a{S}single|a{S}good)(?=[\s-])"
    rf"|(?:{COUNT_WORDS})(?:[\s-](?:{COUNT_WORDS}|hundred|dozen))?(?:[\s-]and[\s-](?:a[\s-])?half)?"
    rf"|a{S}couple(?:{S}of)?|a{S}(?:good{S})?(?:few|number{S}of|matter{S}of)|several|many|some|few"
    rf"|dozens{S}of|hundreds{S}of|countless|numerous)"
)
QUANTITY = (
    rf"(?P<quant>(?:(?:just|only|a{S}mere|merely){S})?(?:about|around|approximately|roughly|nearly|almost"
    rf"|over|more{S}than|less{S}than|fewer{S}than|at{S}least"
    rf"|at{S}most|up{S}to|under|some|another|just|only|a{S}mere|close{S}to|little{S}more{S}than"
    rf"|a{S}little{S}more{S}than|well{S}over|within|barely|as{S}long{S}as)){S}"
)
ADJECTIVE = (
    rf"(?:(?:full|whole|entire|long|short|consecutive|brutal|bloody|straight|solid|more|further"
    rf"|additional|successive|previous|intense|fiscal|calendar){S})?"
)
RELATION = (
    "last|past|next|this|these|previous|preceding|following|coming|upcoming|same|that|current|subsequent|ensuing|prior"
)
ZONE = (
    rf"(?:\s?(?P<tz>(?-i:UTC|GMT|Z|EST|EDT|CST|CDT|MST|MDT|PST|PDT|BST|CET|CEST|EET|MSK|IST|JST|ET|PT)){END}"
    rf"|{S}local{S}time)?"
)
# Accounts are kept by half years, so "first-half profit" is a date; the first half of a match is none.
ACCOUNTS = (
    r"(?:(?:net|pre-?tax|operating|core|adjusted|underlying)\s{1,3})?(?:profits?|sales|revenues?|earnings|results?"
    r"|loss(?:es)?|income|figures|growth|output|exports?|imports?|deliveries|turnover)(?!\w)"
)
_STAMPED_YEAR = r"(?:(?P<y>1[5-9]\d\d|20\d\d)|(?P<y0>\d\d))(?![\w/%-]|[.,]\d)"
_CODED_YEAR = r"(?:\s?['’]|(?<=\dq)|(?<=\dh)|(?<=[qh]\d))(?P<y0>\d\d)"
_CORES: dict[str, str] = {
    "iso": r"(?P<y>[12]\d{3})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:[T ](?P<hh>[01]\d|2[0-3]):(?P<mm>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?P<tz>Z|[+-]\d\d:?\d\d)?)?(?![\w-])",
    "iso_month": r"(?P<y>[12]\d{3})-(?P<m>0[1-9]|1[0-2])(?![\w/–-])",
    "iso_week": r"(?P<y>[12]\d{3})-?W(?P<w>0[1-9]|[1-4]\d|5[0-3])(?![\w])",
    "numeric": r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)"
    r"(?P<y>(?:19|20)\d{2}|(?<!-)\d{2}|\d{2}(?=\s\d{1,2}:\d\d))(?![\w/%-]|[.,]\d)",
    "numeric_month": r"(?P<m>0[1-9]|1[0-2])/(?P<y>(?:19|20)\d{2})(?![\w/%-]|[.,]\d)",
    "stamp": rf"(?P<d>0?[1-9]|[12]\d|3[01])(?P<sep>[-/.–])(?P<mon>{_FULL}|{_SHORT})(?P=sep){_STAMPED_YEAR}",
    "stamp_month_first": rf"(?P<mon>{_FULL}|{_SHORT})(?P<sep>[-/.])(?P<d>0[1-9]|[12]\d|3[01])(?P=sep){_STAMPED_YEAR}",
    "numeric_ymd": r"(?P<y>1[4-9]\d{2}|20\d{2})(?P<sep>[/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?![\w/%]|[.,]\d)",
    "date": rf"(?:{WEEKDAY}\.?\s?,?{S})?(?:the{S})?{MONTH}(?:\s{{0,3}}{DAY}|{S}(?:the{S})?{DAY_IN_WORDS}{_WORDS_END})"
    rf"(?:(?:\s{{0,3}},\s{{0,3}}|{S}(?:of{S})?){YEAR}(?:\s?{ERA})?"
    rf"|{S}['’](?P<yy>\d\d)(?!\w|s\b)|{S}{YEAR_REFERENCE})?",
    "date_dmy": rf"(?:{WEEKDAY}\.?\s?,?{S}(?:the{S})?)?(?:the{S})?(?:(?:(?P<eve>\d{{1,2}})/)?{DAY}{S}(?:of{S})?"
    rf"|{DAY_IN_WORDS}{S}of{S}){MONTH}"
    rf"(?:(?:\s{{0,3}},\s{{0,3}}|{S}(?:of{S})?){YEAR}(?:\s?{ERA})?"
    rf"|{S}['’](?P<yy>\d\d)(?!\w|s\b)|{S}{YEAR_REFERENCE})?",
    "date_bc": rf"(?:{MONTH},?{S}(?:of{S})?|(?:the{S})?year{S})?(?P<y>\d{{1,4}}),?{S}?(?P<era>(?-i:B\.\s?C\.("
    rf"?:\s?E\.)?|BCE?|B\.C)(?!\w))",
    "date_ad": r"(?-i:A\.?D\.?)\s?(?P<y>\d{1,4})(?!\w)",
    "date_ad_after": r"(?P<y>\d{1,4})\s?(?-i:A\.?D\.?|C\.?E\.?)(?!\w)",
    "month_year": rf"{MONTH}(?:\s{{0,3}},\s{{0,3}}|{S}(?:of{S})?)(?:{YEAR}(?:\s?{ERA})?"
    rf"|(?P<yy>['’]\d\d)(?!\w|s\b)|{YEAR_REFERENCE})",
    "month": rf"(?:(?P<rel>last|next|this|the{S}previous|the{S}following|the{S}next|that|that{S}same){S})?{MONTH_NAME}",
    "year": rf"(?:the{S}year{S})?{YEAR}(?:{S}{ERA})?",
    "spoken_year": rf"(?:(?P<mon>{_FULL}){S})?(?:(?:the{S}year{S})?{SPOKEN_YEAR}|the{S}year{S}two{S}thousand(?!\w))",
    "short_year": r"['’](?P<yy>\d\d)(?!\w|s\b|['’])",
    "decade": rf"(?:the{S})?(?P<dec>(?:(?:1\d|20)\d0|['’]?[1-9]0)['’]?s)(?!\w)(?:\s?{ERA})?",
    "decade_bc": rf"the{S}(?P<dec>\d{{1,3}}0s)\s(?P<era>(?-i:B\.?C\.?(?:E\.?)?))",
    "decade_word": rf"the{S}(?:(?:early|mid|late)[\s-]{{1,2}})?(?:(?P<cent>nineteen"
    rf"|eighteen)[\s-])?(?P<dec>{any_of(DECADE_WORDS)})(?!\w)",
    "century": rf"(?:the{S})?(?P<cent>{_NTH}|[12]?\d(?:st|nd|rd|th))[\s-]"
    rf"(?:and{S}\w{{4,12}}{S})?(?:century|centuries)(?!\w)(?:{S}{ERA})?",
    "quarter": rf"(?:the{S})?(?:(?P<fiscal>fiscal|financial){S})?"
    rf"(?P<q>first|second|third|fourth|final|last|1st|2nd|3rd|4th)[\s-](?:(?:fiscal"
    rf"|calendar){S})?quarter(?!\w)"
    rf"(?:,?{S}(?:of{S}|in{S})?(?:{YEAR}|{YEAR_REFERENCE}|(?P<theyear>the{S}year)))?",
    "quarter_code": rf"(?P<q>Q[1-4]|[1-4]Q)(?:{_CODED_YEAR}|[,-]?\s?(?:of{S})?(?:{YEAR}|{YEAR_REFERENCE}))?(?!\w)",
    "quarter_after": rf"{YEAR}[\s-]?(?P<q>Q[1-4])(?!\w)",
    "half_code": rf"(?P<half>H[12]|[12]H)(?:{_CODED_YEAR}|[,-]?\s?(?:of{S})?(?:{YEAR}|{YEAR_REFERENCE}))(?!\w)",
    "half_of_account": rf"(?:the{S})?(?P<half>first|second)[\s-]half(?={S}{ACCOUNTS})",
    "fiscal": rf"(?:the{S})?(?:fiscal|financial)(?:{S}year)?{S}{YEAR}",
    "fiscal_after": rf"(?:the{S})?{YEAR}{S}(?:fiscal|financial){S}year(?!\w)",
    "fiscal_code": r"(?-i:FY)\s?['’]?(?P<fy>\d{4}|\d{2})(?!\w)",
    "year_earlier": rf"(?:the{S}|a{S})?(?:(?:comparable|corresponding|same){S})?(?:year[\s-](?:earlier|ago){S}"
    rf"(?P<what>period|quarter|month|week|half)|year-(?:earlier|ago))(?!\w)",
    "account": rf"(?:the{S}|this{S})(?:(?P<which>latest|most{S}recent|same|current){S})?(?:fiscal{S})?"
    rf"(?P<what>quarter|period)(?!\w)",
    "account_of": rf"(?:the{S})?{YEAR}{S}(?:(?:fiscal{S})?(?P<q>first|second|third|fourth|final|1st|2nd|3rd|4th)[\s-])?"
    rf"(?P<what>quarter|period)(?!\w)",
    "unit_end": r"(?:the\s{1,3})?(?P<unit>year|month|quarter|week)(?:['’]s\s{1,3}|-|(?<=year)\s{1,3})end(?!\w)",
    "decade_of": rf"the{S}(?P<which>{any_of(ORDINALS)}){S}decade{S}of{S}(?:the{S})?(?P<cent>{any_of(ORDINALS)}"
    rf"|[12]?\d(?:st|nd|rd|th))[\s-]century(?!\w)",
    "nth_weekday": rf"(?:the{S})?(?P<which>first|second|third|fourth|fifth|last|final){S}"
    rf"(?P<wd>{WEEKDAY_NAME}){S}(?:of|in){S}{MONTH}"
    rf"(?:,?{S}(?:of{S})?(?:{YEAR}|{YEAR_REFERENCE}))?",
    "half": rf"(?:the{S})?(?P<half>first|second|latter|last|1st|2nd){S}half{S}of{S}(?:{YEAR}"
    rf"|{YEAR_REFERENCE}|(?P<theyear>the{S}year))",
    "season": rf"(?:the{S})?(?:(?P<rel>(?:this{S})?past|last|next|this(?:{S}coming)?|previous|following|that|same"
    rf"|coming){S})?(?P<season>{any_of(SEASONS)})(?!\w)(?:{S}months(?!\w))?"
    rf"(?:(?:,|{S}of)?{S}(?:{YEAR}(?:\s?{ERA}|[-–](?:\d{{4}}|\d\d)(?!\w))?|['’](?P<yy>\d\d)(?!\w)|{YEAR_REFERENCE}|(?P<bc>\d{{2,4}}){S}(?P<bcera>(?-i:B\.?C\.?E?))))?",
    "season_after": rf"{YEAR}{S}(?P<season>{any_of(SEASONS)})(?!\w)",
    "weekend": rf"(?:the{S})?(?:(?P<rel>{RELATION}){S})?(?P<unit>weekend)(?!\w)",
    "holiday": rf"(?:(?P<rel>last|next|this|that){S})?(?P<hol>{any_of(HOLIDAYS)})(?!\w)"
    rf"(?:{S}(?P<part>{any_of(PARTS_OF_DAY)})(?!\w))?(?:,?{S}(?:of{S}"
    rf"|in{S})?(?:{YEAR}|{YEAR_REFERENCE}))?",
    "weekday": rf"(?:(?P<rel>(?:the{S}|this{S}(?=coming|past))?(?:last|next|this|past|coming|following|previous|same"
    rf"|that)){S})?{WEEKDAY}(?:{S}(?P<part>{any_of(PARTS_OF_DAY)}))?(?![\w])"
    rf"(?:{S}(?P<after>last{S}week|next{S}week))?",
    "day_word": rf"(?:(?P<mod>earlier|later|early|late){S})?(?P<dayword>today|yesterday|tomorrow|tonight"
    rf"|the{S}day{S}before{S}yesterday|the{S}day{S}after{S}tomorrow)(?!\w)(?!['’]s{S}(?:world"
    rf"|society))"
    rf"(?:{S}(?P<part>{any_of(PARTS_OF_DAY)})(?!\w))?",
    "unit_relative": rf"(?P<article>the{S})?(?:(?:very|entire|whole){S})?(?P<rel>{RELATION}|this{S}past|this{S}coming"
    rf"|latest|most{S}recent)(?:{S}(?:very|same|calendar|(?P<fiscal>fiscal|financial)))?{S}(?P<unit>day|week|fortnight|month|quarter|year"
    rf"|decade|century)(?![\w-])",
    "unit_after": rf"the{S}(?P<unit>day|week|month|year|decade|century){S}(?:(?P<rel>before|after|earlier|later"
    rf"|previous|following|prior)(?!\w))(?:(?={S}(?P<event_follows>the|an?|his|her|its|their|(?-i:[A-Z]\w*))\b))?",
    "the_unit": rf"the{S}(?P<all>(?:whole|entire){S})?(?:(?:full{S})?(?P<accounts>(?:fiscal|financial|full){S}"
    rf"(?=year)))?(?P<unit>day|week|month|year|decade|century)(?!\w)",
    "ago": rf"(?:{QUANTITY})?(?:(?P<n0>\d{{1,3}}|an?|{COUNT_WORDS}){S}(?P<unit0>{any_of(UNITS)}),?{S}and{S})?"
    rf"(?:{NUMBER}[\s-]{{1,2}})?{PLAIN_UNIT}(?P<half>[\s-]and[\s-]a[\s-]half)?{S}(?P<dir>ago|(?:earlier|later)(?!{S}than{S}(?:planned|expected|scheduled|intended|hoped|promised|forecast|thought|announced))"
    rf"|before(?!{S}(?:the|a|an|his|her|their|its|he|she|it|they|[A-Z]))|prior(?!{S}to)|previously"
    rf"|afterwards?|beforehand|after(?=\s?[.,;])|after{S}that(?=\s?[.,;]|{S}(?:the|a|an|he|she|it|they|[A-Z]))|from{S}now|hence|thereafter|out(?=[.,])|on(?=[.,]))(?!\w)"
    rf"(?:(?<=ago){S}(?P<same>today|this{S}(?:week|month|spring|summer|autumn|fall|winter|{_FULL}))(?!\w)"
    rf"|(?<=ago){S}(?:on{S}|last{S})?(?P<wd>{WEEKDAY_NAME})(?!\w))?",
    "in_time": rf"(?<=in\s)(?:{QUANTITY})?{NUMBER}[\s-]{{1,2}}{PLAIN_UNIT}['’]s?{S}(?P<dir>time)(?!\w)",
    "weeks_on": rf"(?<!for\s)(?P<n>an?|\d|{COUNT_WORDS}){S}(?P<unit>week)s?{S}(?P<lead>on|from|last){S}"
    rf"(?P<wd>{WEEKDAY_NAME})(?!\w)",
    "weekday_week": rf"(?P<wd>{WEEKDAY_NAME}){S}(?P<unit>week)"
    rf"(?=\s{{0,2}}[.,;)]|{S}(?:to|in|at|when|for|and)\s|\s{{0,3}}$)",
    "span": rf"(?:the{S})?(?P<rel>last|past|next|first|following|previous|final|coming|preceding|recent"
    rf"|intervening|opening|closing|subsequent){S}"
    rf"(?:(?P<n>\d{{1,3}}|few|couple(?:{S}of)?|several|many|{COUNT_WORDS})(?:[\s-]"
    rf"(?:{COUNT_WORDS}))?{S})?{ADJECTIVE}(?P<unit>{any_of(UNITS)})(?!\w)",
    "duration": rf"(?:(?P<the>the){S}|{QUANTITY})?{NUMBER}(?P<hyphen>[\s-]){{1,2}}{ADJECTIVE}"
    rf"{PLAIN_UNIT}(?P<half>[\s-]and[\s-]a[\s-]half)?(?:['’]s?(?=\s)"
    rf"|(?!\w))(?P<long>[\s-]long(?!er)(?!\w))?(?P<old>[\s-](?:old|of{S}age)(?!\w))?",
    "duration_vague": r"(?P<unit>days|weeks|months|years|decades|centuries|hours)(?:\slong)?(?!\w)",
    "duration_long": r"(?P<unit>days?|weeks?|months?|years?|decades?|century|centuries|hours?)-?long(?!\w)",
    "set_every": rf"(?:every|each|per){S}(?:(?P<other>other|single){S})?(?:(?P<n>\d{{1,3}}|{COUNT_WORDS}"
    rf"|few){S})?(?:(?P<unit>{any_of(UNITS)})|(?P<wd>"
    rf"{WEEKDAY_NAME})"
    rf"|(?P<part>{any_of(PARTS_OF_DAY)})|{MONTH_NAME}|(?P<season>{any_of(SEASONS)}))(?!\w)",
    "set_times": rf"(?P<times>once|twice|thrice|(?:\d{{1,3}}|{COUNT_WORDS}|several|many){S}times){S}(?:a|an"
    rf"|per|each|every){S}(?P<unit>{any_of(UNITS)})(?!\w)",
    "set_word": r"(?P<word>daily|weekly|fortnightly|monthly|quarterly|yearly|annual|annually|nightly|hourly"
    r"|everyday|biweekly|bimonthly|biannual|biannually|semiannual|biennial)(?!\w)",
    "set_days": rf"(?P<wd>{WEEKDAY_NAME})(?:s|{S}(?P<part>{any_of(PARTS_OF_DAY)})s)(?!\w)",
    "now": rf"(?P<word>(?:right{S}|just{S})?now|currently|presently|nowadays|at{S}(?:the{S})?present"
    rf"|at{S}the{S}moment|these{S}days|at{S}this{S}(?:time|moment)|present[\s-]day"
    rf"|modern[\s-]day|the{S}time{S}being|the{S}present(?!{S}[a-z])|current|present|to{S}date)(?!\w)",
    "recently": rf"(?P<word>(?:(?:most|more|very|quite|as){S})?recent(?:ly)?|lately|of{S}late)(?!\w)(?!{S}"
    rf"(?:as{S}|\d))",
    "past": rf"(?P<word>the{S}past(?!{S}\w+s\b)|former|formerly|(?:not{S}(?:(?:so|too|very){S})?)?long{S}ago)(?!\w)",
    "future": rf"(?P<word>(?:the{S}|the{S}(?:near|foreseeable|distant|immediate|not{S}too{S}distant){S})?future|"
    rf"(?:very{S})?soon)(?!\w)",
    "clock": rf"(?:(?P<noon>noon|midnight)(?!\w)"
    rf"|(?P<hh>[01]?\d|2[0-3])(?:[:.](?P<mm>[0-5]\d))?(?::[0-5]\d)?\s?(?P<ap>a\.m\.?|p\.m\.?|am"
    rf"|pm)(?!\w)|(?P<hh2>[01]?\d|2[0-3])(?::|\.(?=[0-5]\d\s?(?-i:GMT|BST|UTC|CET|CEST|EET)(?!\w)))(?P<mm2>[0-5]\d)(?::[0-5]\d)?"
    rf"(?:\s?(?P<hrs>hrs|hours|h)(?!\w)|(?![\w:]|-\d(?!\d?:\d\d)))|(?P<hh3>[01]\d"
    rf"|2[0-3])(?P<mm3>[0-5]\d)(?:\s?(?:hrs|hours|h)(?!\w)|(?=\s?(?-i:GMT|UTC)(?!\w)|\slocal\stime))|(?P<hh4>\d{{1,2}}|{COUNT_WORDS}){S}o['’]clock"
    rf"(?:{S}in{S}the{S}(?P<ap2>morning|afternoon|evening))?){ZONE}",
    "part": rf"(?:(?P<early>early|late|later){S})?(?P<rel>this|that|the{S}same|the{S}next|the{S}following"
    rf"|last|the{S}previous|one|that{S}same){S}(?P<part>{any_of(PARTS_OF_DAY)})(?!\w)",
    "part_after": rf"the{S}(?P<part>{any_of(PARTS_OF_DAY)}){S}(?P<rel>before)(?!\w)",
    "part_bare": rf"(?:(?:the|early|late){S}){{0,2}}(?P<part>{any_of(PARTS_OF_DAY)})(?:s(?=\s))?(?![\w])",
    "ordinal_day": r"the\s{1,3}(?P<d>[12]?\d|3[01])(?:st|nd|rd|th)(?![\w-])",
    "that_time": rf"(?:that|(?P<this>this)|the{S}same){S}(?P<what>time|date|period|moment)(?!\w)",
    "week_of": rf"(?:the{S})?(?P<which>first|second|third|fourth|last|final){S}(?P<unit>week|weekend){S}"
    rf"(?:of|in){S}{MONTH}(?:,?{S}(?:of{S})?(?:{YEAR}|{YEAR_REFERENCE}))?",
    "named_day": rf"(?P<named>{any_of(NAMED_DAYS)})(?!\w|/)"
    rf"|(?:the{S})?(?P<sept>sept(?:ember|\.){S}11(?:th)?)(?={S}(?:terror(?:ist)?{S})?(?:attacks|hijack))",
    "same_month": rf"the{S}same{S}(?P<what>month|period|quarter|week|day|time){S}(?P<when>(?:a{S}year{S}"
    rf"(?:ago|earlier)|(?:of{S})?(?:the{S})?(?:last|previous){S}year|the{S}(?:year{S}before"
    rf"|previous{S}year)))(?!\w)",
    "twice_removed": rf"the{S}(?:(?P<unit>night|week|weekend|fortnight|month|quarter|year)|(?P<wd>{WEEKDAY_NAME})){S}"
    rf"(?P<rel>before{S}last|after{S}next)(?!\w)(?!{S}(?:{WEEKDAY_NAME}|{_FULL}|year|month|week|night)(?!\w))",
    "this_last_year": rf"this{S}(?P<unit>day|week|month|time){S}(?:(?:of{S})?last{S}year|a{S}year{S}ago)(?!\w)",
    "year_pair": r"(?P<y>(?:19|20)\d\d)/(?P<y2>\d\d|(?:19|20)\d\d)(?![\w/%]|[.,]\d)",
    "anniversary": rf"(?:the{S}|an?{S}|its{S}|their{S})?(?P<nth>(?:{NTH})|(?:\d{{1,3}}|{COUNT_WORDS})(?=[\s-]year))"
    rf"(?:[\s-]year)?{S}(?P<anniversary>anniversary)(?!\w)",
    "nth_of": rf"(?:the{S})?(?P<nth>{NTH}){S}(?P<unit>day|week|month|year)(?![\w-])",
    "unit_number": rf"(?P<unit>day|week|month|year)\s(?P<nth>\d{{1,4}}|(?:{_ONES}|{_TEENS})(?!-))(?={S}of{S})",
    "later_in": rf"(?P<mod>earlier|later|late|early){S}(?:in{S})?(?P<rel>the{S}same|the|this|that{S}same|that"
    rf"|next|last){S}(?P<unit>day|week|month|year|decade|century)(?!\w)",
}
PREFIX = re.compile(
    rf"(?:(?P<approx>about|around|approximately|roughly|circa|ca?\.|in{S}or{S}about|sometime{S}(?:in|around)"
    rf"|some{S}time{S}in){S})?"
    rf"(?:(?P<mod>(?:the{S})?(?:very{S})?(?:beginning|start|end|middle|close|rest|turn|eve|(?:early|latter"
    rf"|later|first|second|final|last){S}(?:part|half|days|weeks|months|years)|(?:early|late){S}hours)"
    rf"{S}of|(?:the{S})?early(?:{S}in)?|(?:the{S})?late(?:r)?(?:{S}in)?|earlier(?:{S}in)?|(?:the{S})?mid"
    rf"(?:dle)?)(?:{S}(?:(?:the{S})?(?:month|year)s?{S}of{S})?|-(?=['’]?\w)))?",
    re.I,
)
# "dawn Thursday" as "Thursday at dawn"; "morning Thursday" is not English.
_JOINS_A_WEEKDAY = (
    "(?:" + "|".join(f"(?<={part})" for part in ["dawn", "dusk", "overnight", "midday", "nightfall", "sunset"]) + ")"
)
PART_PREFIX = re.compile(
    rf"(?:(?:the|early|late|in){S}){{0,3}}(?P<part>{any_of(PARTS_OF_DAY)})"
    rf"(?:(?:{S}hours)?{S}(?:of|on)(?:{S}the(?=\s\d))?{S}|{_JOINS_A_WEEKDAY}{S}(?={WEEKDAY_NAME}))",
    re.I,
)
WEEK_PREFIX = re.compile(
    rf"(?:the{S})?(?P<unit>week|weekend){S}(?:of|(?P<ends>ending|ended|to)|(?P<begins>beginning|starting|from))"
    rf"{S}(?:on{S})?",
    re.I,
)
_PIECE = rf"(?P<piece>day|week|weekend|month|quarter|{WEEKDAY_NAME})"
# What the piece is of: a period that says which one it is. "The first day of the talks" is none.
_WHOLE = (
    rf"(?=(?:this|last|next|the{S}(?:same|following|previous|next|last)|that){S}"
    rf"|(?:{_FULL}|{_SHORT})(?!\w)|(?:1\d|20)\d\d(?!\w))"
)
PIECE_PREFIX = re.compile(
    rf"(?:(?:the{S})?(?P<which>{any_of(ORDINALS)}){S}{_PIECE}|(?P<wd>{WEEKDAY_NAME})"
    rf"|(?:the{S})?(?P<d>[12]?\d|3[01])(?:st|nd|rd|th))"
    rf"{S}(?:of|in){S}{_WHOLE}",
    re.I,
)
# "The Friday after Easter", "the first Monday after 5 May".
WEEKDAY_PREFIX = re.compile(
    rf"(?:the{S})?(?:(?P<which>first){S})?(?P<wd>{WEEKDAY_NAME}){S}(?P<rel>before|after|preceding|following){S}(?:the{S})?",
    re.I,
)
PATTERNS = {kind: re.compile(pattern, re.I) for kind, pattern in _CORES.items()}
