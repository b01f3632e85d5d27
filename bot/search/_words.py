"""Small closed word lists of the search: offices, titles, endings, the keyboard."""

from __future__ import annotations

from bot.normalise import token

# carries nothing in the words for a speaker
DROPPED = frozenset(
    "the a an some many several unnamed anonymous certain one this that our its their mr mrs ms dr sir lady lord of for from by in at and".split()
)

# abbreviations and synonyms of office that everybody types; people and their own roles are in the file of people
OFFICE = {
    "pm": "prime minister", "premier": "prime minister", "sec": "secretary", "secy": "secretary", "sg": "secretary general",
    "secgen": "secretary general", "fm": "foreign minister", "vp": "vice president", "veep": "vice president",
    "def": "defense", "gen": "general", "rep": "representative", "sen": "senator", "gov": "governor", "amb": "ambassador",
    "pres": "president", "prez": "president", "govt": "government", "dept": "department", "boss": "chief", "head": "chief",
    "leader": "chief", "prof": "professor", "hq": "headquarters", "defmin": "defense minister", "undersec": "undersecretary",
    "van": "von",  # typed for one another, as is known of nobody but their bearers
    "spox": "spokesperson", "spokesman": "spokesperson", "spokeswoman": "spokesperson",
}  # fmt: skip

OFFICE_OF_TWO: dict[tuple[str, ...], str] = {("press", "secretary"): "spokesperson", ("press", "sec"): "spokesperson", ("press", "officer"): "spokesperson"}  # fmt: skip

# may stand before a name though nobody printed it there
TITLES = frozenset(
    token(w)
    for w in "president secretary minister prime chancellor general senator representative governor undersecretary chief judge congresswoman congressman commissioner ambassador professor vice deputy state foreign defense former envoy king queen admiral colonel".split()
)

# make another office of an office
QUALIFIERS = frozenset(
    token(w)
    for w in "vice former deputy ex acting shadow assistant undersecretary under spokesperson adviser".split()
)

# derivational endings of stems, longest of a family first
SUFFIXES = tuple(
    "ship aci isation ization ations ation ments ment ings ing ness ities ity ances ance anc ences ence enc ages age ag ially ial ically ical ics ic ac ives ive iv ists ist isms ism ants ant ents ent ions ion ians ian als al ers er ors or ies ied ous ful ary ery at if y e i".split()
)

NEIGHBOURS = {
    "q": "wa", "w": "qeas", "e": "wrsd", "r": "etdf", "t": "ryfg", "y": "tugh", "u": "yihj", "i": "uojk", "o": "ipkl",
    "p": "ol", "a": "qwsz", "s": "awedxz", "d": "serfcx", "f": "drtgvc", "g": "ftyhbv", "h": "gyujnb", "j": "huikmn",
    "k": "jiolm", "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip
SOUNDS = ("aeiouy", "sczx", "ckq", "gj", "fv", "td", "bp", "mn", "vw", "lr")

NUMBERS = {
    w: str(n)
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | dict(
    zip(
        "thirty forty fifty sixty seventy eighty ninety hundred".split(),
        "30 40 50 60 70 80 90 100".split(),
        strict=True,
    )
)

# numbers in letters, and amounts that nobody counted
NUMBER_TOKENS = frozenset(
    token(w) for w in (*NUMBERS, "third", "half", "quarter", "dozen", "fivefold", "double")
)
AMOUNTS = NUMBER_TOKENS | frozenset(
    token(w)
    for w in "thirds quarters dozens hundreds thousands millions billions trillion few several many most majority little less fewer none nothing all both twice triple tenfold".split()
)

# how much a thing changed is told by its amount, whatever the verb
CHANGING = frozenset(
    "rise rises rose risen fall falls fell fallen grow grows grew grown increase increases increased decrease decreases decreased drop drops dropped jump jumps jumped climb climbs climbed shrink shrank shrunk change changes changed".split()
)

# days and spans of time
TIMES = frozenset(
    token(w)
    for w in "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december today yesterday tomorrow tonight ago weekend century spring summer autumn winter soon never".split()
)
SPANS = frozenset(
    token(w)
    for w in "hour hours minute minutes day days week weeks month months year years decade decades".split()
)
WHICH = NUMBER_TOKENS | frozenset(
    token(w) for w in "last next past previous earlier since early late coming following".split()
)

# how often something is, whatever it is called, and how long, wide or heavy
OFTEN = frozenset(
    token(w)
    for w in "annual annually biennial biannual daily regularly rarely always often once twice thrice times".split()
)
SHARES = frozenset(
    token(w) for w in "percent half third thirds quarter quarters fifth tenth majority most all none".split()
)
CALLED = frozenset(
    token(w) for w in "known nicknamed nickname dubbed sobriquet moniker epithet alias".split()
)
MONEY = frozenset(
    token(w)
    for w in "dollar dollars euro euros pound pounds krone kroner million millions billion billions trillion usd eur gbp".split()
)
UNITS = frozenset(
    token(w)
    for w in "metre metres meter meters kilometre kilometres kilometer kilometers km mile miles foot feet inch inches yard yards centimetre centimetres cm mm tall storey storeys ton tons tonne tonnes kg kilogram kilograms pound pounds fathom fathoms acre acres hectare hectares".split()
)

# what speaks without being somebody
DOCUMENTS = frozenset(
    "report study survey poll paper document statement communique strategy letter memo assessment review analysis plan".split()
)

# verbs that say little: to take responsibility is to have or to assume it
LIGHT = frozenset(
    token(w)
    for w in "take assume make do have get give put become remain stay keep need must should bear carry go come let be same look".split()
)

# words of a question that say little about its subject
FAINT = frozenset(
    token(w)
    for w in "thing things something anything issue issues topic subject matter number figure amount total question story news year years time times way ways today yesterday week month recently currently now ever really exactly please people someone everyone new last next many much percent pct cent lot also yet still become get getting go going come make made take give use about name names mean hold held happen happened place occur debate together option options idea ideas plan plans proposal proposals approach approaches same future itself himself herself themselves myself yourself ourselves rather instead towards toward whether first real really main actual actually problem problems reason reasons argument arguments detail details kind kinds type types sort within inside among amongst across amid between beyond upon stuff".split()
)

# verbs that introduce words in the same way: what did S praise finds what S lauded
CUE_FAMILIES = tuple(
    frozenset(token(w) for w in family.split())
    for family in (
        "praise laud tout hail applaud welcome commend celebrate champion credit endorse",
        "warn caution alert",
        "urge call press push appeal plead encourage demand advocate recommend insist",
        "reject dismiss deny rebuff refute dispute counter rebut oppose",
        "argue contend claim maintain assert insist reason",
        "complain lament criticize criticise condemn blast slam decry denounce berate blame accuse deplore",
        "announce declare unveil reveal disclose proclaim",
        "acknowledge admit concede recognize recognise",
        "promise pledge vow commit guarantee assure reassure",
        "propose suggest float offer recommend outline",
        "emphasize emphasise stress underline underscore highlight note",
        "describe portray frame characterize characterise call liken compare label depict see view",
        "predict expect forecast foresee anticipate",
        "want demand seek ask call urge press push",
        "add continue note",
        "think believe see view consider",
        "fear worry",
    )
)

# cues that agree with what they introduce
AGREEING_CUES = tuple(
    "agree support back welcome endorse praise laud approve embrace champion acknowledge defend applaud hail echo renew urge push advocate propose call want argue favor favour float demand seek".split()
)
