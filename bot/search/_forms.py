"""The forms of a question, as patterns over its folded words; pure data and their reading order.

A pattern names what it finds: `speaker`, `topic`, `claim`. The first that fits wins, so the more telling
forms stand first. Verbs are listed by lemma and inflected here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.models import Polarity
from bot.search._verbs import AGREEING, DOING, MENTIONING, REJECTING, SAYING, any_of, inflected
from bot.search._words import CHANGING


class Intent(StrEnum):
    """What the reader wants to know."""

    MENTION = "mention"  # who mentioned X, quotes about X
    WHO_SAID = "who_said"  # who said that …
    SAID = "said"  # what did S say (about X), quotes by S, S on X
    WHETHER = "whether"  # did S say that …
    STANCE = "stance"  # who agreed, who rejected
    WHO_NOT = "who_not"  # who did not mention X
    SIDES = "sides"  # both sides of X
    FACT = "fact"  # how much, when, what is
    SOURCE = "source"  # which article, where does X come from
    VERIFY = "verify"  # is this quotation real
    FREE = "free"  # anything else


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern and what it means; `tentative` asks that the speaker be known (`person`: somebody, no institution; `quoted`: somebody who is quoted).

    Else the next form is tried.
    """

    pattern: re.Pattern[str]
    intent: Intent
    tentative: bool = False
    anything: bool = False
    about: bool = False
    person: bool = False
    quoted: bool = False
    wants: str | None = None
    polarities: tuple[Polarity, ...] = ()


_NO_VERB = r"(?<!of )(?<!the )(?<!an )(?<! a )"  # before: the secretary of state, the report
_SAY = rf"{_NO_VERB}{any_of(SAYING)}"
_ACT = rf"{_NO_VERB}{any_of(f'{SAYING} {MENTIONING} {AGREEING} {REJECTING} {DOING}')}"
_TALK = r"(?:talk(?:s|ed|ing)?|speak|speaks|spoke|spoken|speaking)"
_ABOUT = r"(?:about|on|regarding|concerning|over|re|of|around|related to|with regard to|when it comes to)"
_MENTION = (
    rf"(?:(?:{any_of(MENTIONING)}|br(?:ing|ings|ought|inging) up|{_TALK} (?:about|of|on|to|up)|"
    rf"referr?(?:s|ed|ing)? to|touch(?:es|ed)? (?:on|upon)|comment(?:s|ed)? (?:on|about)|"
    rf"allud(?:e|es|ed) to|point(?:s|ed)? to|made (?:a )?(?:reference|comments?|remarks?) (?:to|about|on)|"
    r"(?:worried|concerned|alarmed|anxious|nervous|upset|unhappy|angry|optimistic|pessimistic) (?:about|over|by|at|with)|"
    rf"said (?:the )?(?:words?|terms?|phrases?)|us(?:e|es|ed) the (?:words?|terms?|phrases?))|"
    rf"{_SAY} (?:anything|something|things|stuff|much|a word) {_ABOUT}|{_SAY} {_ABOUT})"
)
_ON = r"(?:about|on|regarding|concerning|over|re|with regard to|when it comes to)"
_ANYONE = r"(?:anyone|anybody|someone|somebody|any(?: of them|one else| speakers?| leaders?)|people|they)"
_AUX = r"(?:did|does|do|has|have|had|is|was|were|are|would|will|can|could)"
_WITH = r"(?:to|for|of|with|against|as|from|in|by)"
_DID = r"(?:did|does|do|has|have|had|would|will|can|could)"
_WHO = r"(?:who|whom|which (?:speaker|leader|politician|person|people|official|minister|president)s?)"
_FILL = r"(?:all |else |also |ever |actually |really |has |have |had |been |is |was |were |are |did |does |just )*"
_QUOTE = (
    r"(?:quotes?|quotations?|quoted|statements?|remarks?|comments?|sayings?|citations?|words|soundbites?)"
)
_ANY = r"(?:(?:all|any|some|the|every|more|good|best|latest|recent|direct|other|there) )*"
_VIEW = (
    r"(?:views?|position|stance|opinions?|message|take|comments?|answer|response|reaction|thoughts?|argument|"
    r"remarks?|statements?|words|stand|warnings?|promises?|pledges?|claims?|reply|ideas?|proposals?|complaints?|"
    r"criticisms?|praise|demands?|calls?|appeals?|rejection|concerns?|worry|worries|accusations?|assessments?|"
    r"prognos[ie]s|forecasts?|predictions?|outlook|hopes?|expectations?|recommendations?|suggestions?|conclusions?|findings?|"
    r"descriptions?|explanations?|pleas?|vows?|assurances?|advice|speech|address|feelings?|thinking|line|plans?)"
)
_THING = r"(?:article|source|paper|text|story|stories|report|piece|outlet|publication|publisher|newspaper|website|press)s?"
_NAME = r"(?:nickname|sobriquet|moniker|epithet|alias|other name)s?"
_CALLED = r"(?:(?:also|often|otherwise|sometimes) )*(?:called|nicknamed|dubbed|known as|known|referred to as)"
_CHANGE = "|".join(sorted(CHANGING))
_CAMP = r"(?:critics|opponents|proponents|supporters|advocates|sceptics|skeptics|backers|defenders)"
_SHARE = r"(?:(?:percentage|percent|per cent|share|proportion)(?: of| for)?|(?:part|fraction|portion) of)"
_MEASURE = r"(?:number|amount|size|level|rate|figure|sum|total)"
_SILENT = (
    r"(?:(?!(?:say|says|said|tell|told|think|thinks) )\S+ )*?(?!(?:say|says|said|tell|told|think|thinks) )\S+"
)
_STATEMENT = (
    r"(?:the |any |all |these |those )?(?:claims?|statements?|calls?|reports?|warnings?|demands?|accusations?|charges?|"
    r"idea|notion|suggestions?|allegations?|criticism|proposals?|offers?)(?: (?:that|of|from|for|by|to|about))? "
)
_REJECTS = (Polarity.REJECTS, Polarity.DENIES)
_AGREES = (Polarity.STATES,)


def _form(pattern: str, intent: Intent, **options: object) -> Form:
    return Form(re.compile(rf"^{pattern}$"), intent, **options)  # type: ignore[arg-type]


FORMS: tuple[Form, ...] = (
    # not
    _form(
        rf"{_WHO} (?:{_AUX} (?:not|never)|never) (?:once )?(?:{_MENTION}|{_SAY})(?: anything)?(?: {_ABOUT})? (?P<topic>.+)",
        Intent.WHO_NOT,
    ),
    # anybody at all
    _form(
        rf"(?:is|was|are|were) {_ANYONE} (?:ever )?(?:quoted|cited|on record|heard) (?:as )?(?:saying |talking |speaking )?(?:(?:that|{_ABOUT}) )?"
        r"(?:whether |if )?(?P<topic>.+)",
        Intent.MENTION, about=True,
    ),
    _form(
        rf"(?:{_AUX}) {_ANYONE} (?:ever |really |actually )?{_MENTION} (?P<topic>.+)", Intent.MENTION, anything=True
    ),
    _form(rf"(?:{_AUX}) {_ANYONE} (?:ever |really |actually )?{_SAY} (?:that )?(?P<claim>.+)", Intent.WHO_SAID),
    # called
    _form(rf"(?:what (?:is|was|are|were) )?(?:the )?{_NAME} (?:of|for|given to) (?P<topic>.+)", Intent.FACT, wants="name"),
    _form(rf"(?:what (?:is|was|are|were) )?(?:the )?(?P<topic>.+?)(?:'s?)? {_NAME}", Intent.FACT, wants="name"),
    _form(rf"(?:what|who) (?:is|was|are|were) (?P<topic>.+?) {_CALLED}(?: as)?", Intent.FACT, wants="name"),
    _form(rf"(?:what|who) (?:is|was|are|were) {_CALLED} (?:as )?(?P<topic>.+)", Intent.FACT, wants="name"),
    # stance
    _form(
        rf"{_WHO} {_FILL}(?P<verb>{any_of(REJECTING)}|push(?:es|ed)? back|against|spoke out against)"
        rf"(?: (?:with|to|on|about|against|that))*(?: (?P<topic>.+))?",
        Intent.STANCE,
        polarities=_REJECTS,
    ),
    _form(
        rf"{_WHO} {_FILL}(?P<verb>{any_of(AGREEING)}|wants?|wanted|in favou?r of|for)(?: (?:with|to|on|about|that))*(?: (?P<topic>.+))?",
        Intent.STANCE,
        polarities=_AGREES,
    ),
    # who
    _form(rf"{_WHO} {_FILL}quoted (?:in|by) (?:the |an? |any )?{_THING} {_ABOUT} (?P<topic>.+)", Intent.MENTION),
    _form(rf"{_WHO} {_FILL}{_MENTION} (?P<topic>.+)", Intent.MENTION),
    _form(rf"{_WHO} {_FILL}{_SAY} {_ABOUT} (?P<topic>.+)", Intent.MENTION),
    _form(rf"{_WHO} (?:was it (?:that|who) )?{_FILL}{_SAY} (?:that |how |to )?(?P<claim>.+)", Intent.WHO_SAID),
    _form(r"(?:whose words (?:are|were)|who is quoted (?:as saying|saying)) (?P<claim>.+)", Intent.WHO_SAID),
    # what S said
    _form(rf"what {_AUX} (?P<speaker>{_CAMP}) of (?P<topic>.+) {_SAY}(?: {_ABOUT}| to)?", Intent.SAID, tentative=True),
    _form(rf"what (?:job|role|post|position|title|office|rank)s? {_AUX} (?P<topic>.+?) (?:have|has|hold|holds|held|had)", Intent.FACT, wants="definition"),
    _form(r"what (?:is|was|are|were) (?P<topic>.+?)(?:'s?)? (?:job|post|title|office|rank)", Intent.FACT, wants="definition"),
    _form(rf"(?:what|wot) (?:was|is|has been|have been|were) (?:being )?(?:said|reported|written) {_ABOUT} (?P<topic>.+)", Intent.MENTION),
    _form(
        rf"what (?:all |else |exactly |more )*(?:{_AUX}) (?:{_ANYONE}|everyone|everybody|the speakers|we|you) {_SAY} "
        rf"(?:{_ABOUT}|to) (?P<topic>.+)",
        Intent.MENTION,
    ),
    _form(
        rf"what (?:all |else |exactly |more )*(?:{_AUX}) (?P<speaker>.+?) (?:ever |also |have to |had to |has to )*(?P<verb>{_ACT})"
        rf"(?: (?:anything|something|out))?(?: (?:{_ABOUT}|{_WITH}|that))?(?: (?P<topic>.+?))?(?: to (?:do|say))?",
        Intent.SAID,
    ),
    _form(rf"(?:what|which) (?P<topic>\w+(?: \w+)?) (?:{_DID}) (?P<speaker>.+?) (?P<verb>{_ACT}|use|make|give|have|get)", Intent.SAID, tentative=True),
    _form(
        rf"what (?:{_DID}) (?P<speaker>.+?) (?P<verb>\w+)(?: (?:{_WITH}|{_ON}) (?P<topic>.+)| {_WITH})?",
        Intent.SAID,
        tentative=True,
        person=True,
    ),
    _form(
        rf"how (?:{_AUX}) (?P<speaker>.+?) (?:{_SAY}|justif(?:y|ies|ied)|defend(?:s|ed)?|see|sees)"
        rf"(?: (?:{_ABOUT}|to|for|against))?(?: (?P<topic>.+))?",
        Intent.SAID,
    ),
    _form(rf"(?:what (?:is|was|are|were) )?(?:the )?(?!{_AUX} )(?P<speaker>.+?)(?:'s?)? {_VIEW} (?:{_ABOUT}|to|for) (?P<topic>.+)", Intent.SAID, tentative=True),
    _form(rf"what (?:is|was|are|were) (?:the )?(?P<speaker>.+?)(?:'s?)? {_VIEW}", Intent.SAID, tentative=True, quoted=True),
    _form(r"what (?P<verb>worries|concerns|bothers|troubles|angers|alarms|frightens) (?P<speaker>.+)", Intent.SAID, tentative=True, quoted=True),
    _form(rf"(?:what (?:is|was|are|were) )?(?:the )?{_VIEW} (?:of|from|by) (?P<speaker>.+?) {_ON} (?P<topic>.+)", Intent.SAID, tentative=True),
    _form(rf"where (?:{_AUX}) (?P<speaker>.+?) stand (?:{_ABOUT}|with) (?P<topic>.+)", Intent.SAID),
    _form(rf"(?:everything|all|anything|things|whatever|what) (?:that )?(?P<speaker>.+?) (?:has |had |have |ever )*{_SAY}(?: (?:{_ABOUT}|to))?(?: (?P<topic>.+))?", Intent.SAID, tentative=True),
    # did S say
    _form(
        rf"(?:{_AUX}) (?P<speaker>{_SILENT}) (?P<verb>{any_of(REJECTING)}) {_STATEMENT}(?P<topic>.+)",
        Intent.WHETHER, anything=True, polarities=_REJECTS,
    ),
    _form(rf"(?:{_AUX}) (?P<speaker>{_SILENT}) (?P<verb>{any_of(AGREEING)}) {_STATEMENT}(?P<topic>.+)", Intent.WHETHER, anything=True, polarities=_AGREES),
    _form(rf"(?:is|was) it (?:true|correct|right|accurate|a fact) (?:to say )?(?:that )?(?P<speaker>.+?) (?:has |had |have )?{_SAY} (?:us )?(?:that )?(?P<claim>.+)", Intent.WHETHER),
    _form(rf"(?:{_AUX}) (?P<speaker>.+?) (?:not )?(?:ever |really |actually |also )*{_MENTION} (?P<topic>.+)", Intent.WHETHER, anything=True),
    _form(rf"(?:{_AUX}) (?P<speaker>.+?) (?:not )?(?:ever |really |actually |also )*{_SAY} (?:that |to )?(?P<claim>.+)", Intent.WHETHER),
    _form(rf"(?:{_AUX}) (?P<speaker>.+?) (?:ever |really |actually |also )*(?P<verb>{any_of(REJECTING)}) (?:that )?(?P<topic>.+)", Intent.WHETHER, anything=True, polarities=_REJECTS),
    _form(rf"(?:{_AUX}) (?P<speaker>.+?) (?:ever |really |actually |also )*(?P<verb>{any_of(AGREEING)}) (?:with )?(?:that )?(?P<topic>.+)", Intent.WHETHER, anything=True, polarities=_AGREES),
    # sides
    _form(
        r"(?:the )?(?:both|all|two|different|opposing|various) (?:sides|views|positions|opinions|arguments) (?:of|on|in|about) "
        r"(?:the )?(?P<topic>.+?)(?: (?:debate|argument|discussion|issue|question|dispute))?(?: (?:in|at) (?:the )?\w+)?",
        Intent.SIDES,
    ),
    _form(r"(?:the )?(?:arguments?|voices?|case) (?:for and against|for|against|about|on|over) (?P<topic>.+)", Intent.SIDES),
    _form(r"(?:the |any |some )?(?:reactions?|responses?|replies) (?:to|on|over) (?P<topic>.+)", Intent.SIDES),
    _form(r"(?:the )?(?:pros and cons|pro and contra|pros & cons) (?:of|on|for) (?P<topic>.+)", Intent.SIDES),
    _form(r"(?:the )?(?:debate|disagreement|dispute|discussion|argument)s? (?:about|on|over|around) (?P<topic>.+)", Intent.SIDES),
    # quotations
    _form(
        rf"(?:what|anything|something|everything|all) (?:(?:is|was|has|have|that|we|been|there) )*(?:on (?:the )?record|quoted|said|available|printed) "
        rf"(?:from|by) (?P<speaker>.+?)(?: {_ON} (?P<topic>.+))?",
        Intent.SAID,
    ),
    _form(rf"{_ANY}{_QUOTE} {_ABOUT} (?P<topic>.+) by (?P<speaker>.+)", Intent.SAID),
    _form(rf"{_ANY}{_QUOTE} {_ABOUT} (?P<topic>.+) from (?P<speaker>.+)", Intent.SAID, tentative=True, quoted=True),
    _form(rf"{_ANY}{_QUOTE} (?:by|from|of) (?P<speaker>.+?) {_ON} (?P<topic>.+)", Intent.SAID),
    _form(rf"{_ANY}{_QUOTE} (?:by|from|of) (?P<speaker>.+)", Intent.SAID),
    _form(
        rf"{_ANY}{_QUOTE} (?:{_ABOUT}|mentioning|(?:that|which|who) (?:mention|compare|say|contain|call|talk about|describe|refer to|use|liken)s?|comparing|with|"
        rf"containing|where|in which|saying|calling|describing|likening|referring to|for|against|criticising|criticizing|praising|using) "
        rf"(?P<topic>.+)",
        Intent.MENTION,
        about=True,
    ),
    _form(rf"(?P<speaker>.+?)(?:'s?)? {_QUOTE} {_ON} (?P<topic>.+)", Intent.SAID, tentative=True),
    _form(rf"(?P<speaker>.+?)(?:'s?)? {_QUOTE}", Intent.SAID, tentative=True),
    _form(rf"{_ANY}{_QUOTE} (?P<speaker>.+?) {_ON} (?P<topic>.+)", Intent.SAID, tentative=True),
    _form(rf"{_ANY}{_QUOTE} (?P<either>.+)", Intent.SAID),
    _form(rf"(?:any|some|every)thing (?:else )?(?:said )?(?:from|by) (?P<speaker>.+?) {_ON} (?P<topic>.+)", Intent.SAID),
    _form(r"(?:any|some|every)thing (?:else )?(?:said )?(?:from|by) (?P<speaker>.+)", Intent.SAID),
    _form(rf"(?:any|some|every)(?:thing|one|body) (?:said )?{_ABOUT} (?P<topic>.+)", Intent.MENTION, about=True),
    _form(r"(?:any )?(?:mentions?|references?) (?:of|to) (?P<topic>.+)", Intent.MENTION),
    # sources
    _form(
        rf"(?:in |from )?(?:which|what) {_THING} (?:(?:is|was|are|were|comes?|came|has|have|been|that) )*"
        r"(?:from|by|(?:published|printed|written|issued|run) (?:by|in|for)) (?P<topic>.+)",
        Intent.SOURCE, wants="publisher",
    ),
    _form(rf"(?:any |all )?{_THING} (?:from|by|published by|published in) (?P<topic>.+)", Intent.SOURCE, wants="publisher"),
    _form(rf"(?:which|what) {_THING} (?:{_AUX} )?(?:quot(?:es?|ed)|cit(?:es?|ed)|interview(?:s|ed)?) (?P<speaker>.+)", Intent.SAID, tentative=True, quoted=True),
    _form(rf"(?:in |from )?(?:which|what) {_THING} (?:{_DID}|is|was|are|were) (?P<speaker>.+?) (?:ever |also )*(?:{_SAY}|quoted)(?: (?:{_ABOUT}|that|to|in))?(?: (?P<topic>.+))?", Intent.SAID, tentative=True),
    _form(rf"where (?:{_DID}) (?P<speaker>.+?) (?:ever |also )*{_SAY}(?: (?:{_ABOUT}|that|to))?(?: (?P<topic>.+))?", Intent.SAID, tentative=True),
    _form(rf"(?:is|are|was|were) (?:any|some|one|either|all|both)(?: of)?(?: the| these| those)? {_THING} (?:an? )?(?P<topic>.+)", Intent.SOURCE),
    _form(rf"(?:in |from )?(?:which|what) {_THING} (?:{_AUX} |that |which |who )*(?:{_SAY}|cover|contain|talk|come|speak|use|from)?(?:s|ed|ing)?(?: (?:{_ABOUT}|that|as))? ?(?P<topic>.+)", Intent.SOURCE),
    _form(r"(?:from )?where (?:does|did|do|is|was|were|are) (?P<topic>.+?) (?:come from|came from|coming from|from|taken from|reported|published|written|stated|mentioned|appear)", Intent.SOURCE),
    _form(r"(?:the |what is the |whats the )?(?:source|origin|reference)s? (?:of|for|behind) (?P<topic>.+)", Intent.SOURCE),
    _form(rf"(?:which |what )?{_THING} (?:{_ABOUT}|that|which|mentioning|with|where) (?P<topic>.+)", Intent.SOURCE),
    _form(r"(?:who|where) (?:published|reported|printed|wrote) (?:that |about |on )?(?P<topic>.+)", Intent.SOURCE),
    # facts
    _form(r"facts? (?:about |on |of |for )?(?P<topic>.+)", Intent.FACT, wants="fact"),
    _form(rf"(?:(?:by|to|for|at|of) )?how (?:much|many|few) (?!of an? )(?:{_AUX} )?(?P<topic>.+)", Intent.FACT, wants="amount"),
    _form(rf"how (?:far|tall|deep|heavy|wide) (?:{_AUX} )?(?P<topic>.+)", Intent.FACT, wants="length"),
    _form(rf"how (?:quick|quickly|fast) (?:{_AUX} )?(?P<topic>.+ (?:{_CHANGE}))", Intent.FACT, wants="amount"),
    _form(rf"how long (?:{_AUX} )?(?P<topic>.+)", Intent.FACT, wants="span"),
    _form(rf"how (?:much|big|large|high|strong|expensive) (?:of an? |{_AUX} )?(?P<topic>.+)", Intent.FACT, wants="number"),
    _form(rf"(?:how old|what age) (?:{_AUX} )?(?P<topic>.+)", Intent.FACT, wants="age"),
    _form(rf"how often (?:{_AUX} )?(?P<topic>.+?)(?: (?:meets?|gathers?|convenes?|takes? place|happens?|occurs?|held|organi[sz]ed))?", Intent.FACT, wants="often"),
    _form(rf"how (?:quick|quickly|fast|soon|late|early) (?:{_AUX} )?(?P<topic>.+)", Intent.FACT, wants="time"),
    _form(r"(?:what|which) (?:(?:is|was|are|were) the )?(?:price|cost|budget|fee|salary|pay)s? (?:of |for )?(?P<topic>.+)", Intent.FACT, wants="money"),
    _form(rf"(?:what|which|how large an?|how big an?) (?:is the |was the |are the )?{_SHARE} (?P<topic>.+)", Intent.FACT, wants="share"),
    _form(rf"(?:what|which) (?:is the |was the |are the )?{_MEASURE} (?:of |for )?(?P<topic>.+)", Intent.FACT, wants="number"),
    _form(r"(?:(?:since|by|until|in|on|at|from) )?(?:when|(?:what|which) (?:day|date|year|month|time|week|weekday)) (?:is |was |did |does |do |were |will |has |had |should |would |can |must )*(?P<topic>.+)", Intent.FACT, wants="day"),
    _form(r"who (?:is|are|was|were) (?P<topic>.+)", Intent.FACT, wants="definition", person=True),
    _form(r"what (?:is|are|was|were) (?:meant by |the meaning of )?(?P<topic>.+)", Intent.FACT, wants="definition"),
    _form(r"what (?:does|do|did) (?P<topic>.+?) (?:stand for|mean|means|refer to)", Intent.FACT, wants="definition"),
    _form(r"(?:define|explain|meaning of|definition of) (?P<topic>.+)", Intent.FACT, wants="definition"),
    _form(rf"{_WHO} (?P<topic>.+)", Intent.FACT, wants="person"),
    _form(r"(?:where|which (?:country|countries|place|city|state)) (?:is |was |did |does |do |were )*(?P<topic>.+)", Intent.FACT, wants="place"),
    _form(r"(?:why|how come|for what reason) (?:is |was |did |does |do |were |has |have )*(?P<topic>.+)", Intent.FACT, wants="reason"),
    _form(rf"(?:how|what|which) (?:{_AUX} )*(?P<topic>.+)", Intent.FACT),
    # S on X, S said X
    _form(rf"(?P<speaker>.+?) (?:has |had |have |ever |also )*{_SAY}(?: (?:{_ABOUT}|that|to))?(?: (?P<topic>.+))?", Intent.SAID, tentative=True),
    _form(rf"(?P<speaker>\S+(?: \S+){{0,3}}?) (?:at|in|during) (?P<setting>.+?) {_ON} (?P<topic>.+)", Intent.SAID, tentative=True, quoted=True),
    _form(rf"(?P<speaker>.+?) {_ON} (?P<topic>.+)", Intent.SAID, tentative=True),
    _form(rf"(?:{_AUX}) (?P<topic>.+)", Intent.FACT, wants="event"),
)  # fmt: skip

_FUNCTION_WORDS = """
    who what which where when how why did does has have about quotes quote quotations
    statements remarks comments anything something everything anyone anybody someone
    regarding concerning both sides facts verify article many much number day brought talked
    talking spoke according debate view views stance position opinion from with against
    reaction response source come
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
KEYWORDS = frozenset(
    {
        f
        for w in f"{SAYING} {MENTIONING} {AGREEING} {REJECTING} refer comment touch".split()
        for f in inflected(w)
    }
    | FUNCTION_WORDS
)
