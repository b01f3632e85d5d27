"""The number grammar of facts: quantities in a text, read as printed and never computed.

A quantity is a numeral (or fraction, multiple, ordinal) with what stands around it: currency or unit,
comparator ("more than", "up to", "some"), the far end of a range, a baseline ("over 2024"). Counted nouns
("40 tanks") need the parse and are added by `bot.extract._counted`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.extract._ground import Ground
from bot.extract._numerals import FRACTIONS, NUMERAL, ORDINALS, SCALE, WORD, read
from bot.models import Quantity, Span

_CURRENCIES = {
    "US$": "USD", "$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD",
    "HK$": "HKD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₴": "UAH", "₽": "RUB",
}  # fmt: skip
_CURRENCY_WORDS = {
    "dollar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "canadian dollar": "CAD",
    "australian dollar": "AUD", "euro": "EUR", "pound": "pounds", "pounds sterling": "GBP", "yen": "JPY",
    "yuan": "CNY", "ruble": "RUB", "rouble": "RUB", "hryvnia": "UAH", "rupee": "rupees",
    "shekel": "ILS", "rand": "ZAR", "zloty": "PLN", "swiss franc": "CHF", "lira": "lira", "peso": "pesos",
    "cent": "cents",
}  # fmt: skip
_UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "pct": "%", "pc": "%", "percentage point": "percentage points",
    "basis point": "basis points",
    "second": "seconds", "minute": "minutes", "hour": "hours", "day": "days", "week": "weeks",
    "month": "months", "year": "years", "decade": "decades", "century": "centuries",
    "kilometer": "km", "kilometre": "km", "km": "km", "mile": "miles", "meter": "metres",
    "metre": "metres", "foot": "feet", "feet": "feet", "acre": "acres", "hectare": "hectares",
    "square kilometer": "km²", "square kilometre": "km²", "square mile": "square miles",
    "ton": "tons", "tonne": "tonnes", "metric ton": "tonnes", "kilogram": "kg", "kg": "kg",
    "barrel": "barrels", "gallon": "gallons", "litre": "litres", "liter": "litres",
    "megawatt": "MW", "MW": "MW", "gigawatt": "GW", "GW": "GW",
    "mph": "mph", "kph": "km/h", "degree": "degrees", "times": "times",
}  # fmt: skip
_COMPARATORS = (
    "more than|no more than|not more than|fewer than|no fewer than|less than|no less than|not less than|"
    "at least|at most|up to|as many as|as much as|as few as|as little as|well over|just over|just under|"
    "slightly more than|well under|"
    "greater than|higher than|lower than|in excess of|upwards of|meet or exceed the|exceeding|close to|"
    "over|above|under|below|nearly|almost|about|around|roughly|approximately|some|an estimated|"
    "estimated|only|just|a maximum of|a minimum of|barely|virtually"
)
_PLACES = frozenset({"over", "above", "under", "below", "about", "around", "some"})
_BEFORE = re.compile(rf"\b(?P<words>{_COMPARATORS})(?: an?| the)?\s*$", re.IGNORECASE)
_AFTER = re.compile(r"(?:\+|-plus\b|\s+or (?:more|less|fewer|higher|above|so|older|younger)\b)")
_RANGE = re.compile(
    rf"(?:\s?[-–—]\s?|\s+(?P<word>to|and|or)\s+)(?P<sign>[$€£¥]?)(?P<high>{NUMERAL})(?![\w]|[.:,/-]\d)",
    re.IGNORECASE,
)
_UNIT_WORDS = "|".join(
    re.escape(unit) for unit in sorted({*_UNITS, *_CURRENCY_WORDS} - {"%"}, key=len, reverse=True)
)
_UNIT = re.compile(rf"\s?%|(?:[ \u00a0-]|(?<=\d))(?P<word>{_UNIT_WORDS})(?P<plural>s?)\b", re.IGNORECASE)
_ATTACHED = "km|kg|mph|kph|MW|GW|pct|pc|ft"
_NTH = "first|second|(?:thi|fou)r(?:d|th)|fifth|sixth|seventh|eighth|ninth"
_MINUS = re.compile(r"(?:(?<![\w\d])[-−]|\bminus )$")
_MORE = re.compile(  # "two and a half million", "2½", "2 1/2"
    rf"(?:[ -]and[ -]a[ -](?P<words>half|quarter)|\s?(?P<sign>[½¼¾])| (?P<digits>1/2|1/4|3/4)\b)"
    rf"(?: (?P<scale>{SCALE})\b)?",
    re.IGNORECASE,
)
_PARTS = {"half": 0.5, "½": 0.5, "1/2": 0.5, "quarter": 0.25, "¼": 0.25, "1/4": 0.25, "¾": 0.75, "3/4": 0.75}
_SIGN = r"(?P<sign>(?:US|CA?|AU?|NZ|HK)?\$|[€£¥₹₴₽])?\s?"
_NUMBER = re.compile(
    rf"(?<![\w/:#])(?<!\d[.,])(?<![A-Za-z][-–])"
    rf"(?:{_SIGN}(?P<numeral>{NUMERAL})(?!(?!(?:{_ATTACHED})\b|[½¼¾])\w|[.,:/]\d|-(?:{_NTH})\b))",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"(?<![\w-])(?:(?P<top>an?|{WORD})[- ](?P<part>{'|'.join(FRACTIONS)})s?\b"
    rf"(?= (?:of|the|its|their|that)\b|[,.;)])|(?P<half>half)(?= (?:of|the|its|their|that|as)\b))",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    rf"(?<![\w-])(?:(?P<fold>{NUMERAL})[- ]?fold\b|(?P<x>\d+(?:\.\d+)?)x\b|"
    r"(?P<done>doubl|tripl|quadrupl)(?:ed|ing)\b|"
    r"(?P<word>double|triple|quadruple|twice|thrice)"
    r"(?= (?:the|what|that|its|their|his|her|as|in|from|over|by|since|to)\b|[,.;]))",
    re.IGNORECASE,
)
_TIMES = {"doubl": 2.0, "double": 2.0, "twice": 2.0, "tripl": 3.0, "triple": 3.0, "thrice": 3.0,
          "quadrupl": 4.0, "quadruple": 4.0}  # fmt: skip
_ORDINAL = re.compile(
    rf"(?<![\w,.-])(?:(?P<digits>\d+)(?:st|nd|rd|th)\b(?! century)|"
    rf"(?P<word>{'|'.join(ORDINALS)})"
    r"(?= (?:time|consecutive|straight|term|year|round|package|anniversary|edition)\b))",
    re.IGNORECASE,
)
_DESIGNATOR = re.compile(
    r"\b(?:Article|Art\.|Section|Chapter|Resolution|No\.|Number|Room|Flight|Route|Highway|Channel|Page|Phase|"
    r"Level|Tier|Type|Unit|Gate|Boeing|Airbus|Apollo|Area|Group of|Task Force|Protocol|Title|Proposition|"
    r"Chapter|Category|Catch|Class|Block|Building|Formula|Windows|Version|#)\s?$"
)
_SHAPED = re.compile(  # "a two-front war" counts nothing; "a ten-year lease" does
    rf"(?:one|two|three|four|five|six|seven|eight|nine|ten)-(?!(?:and|{SCALE}|{_UNIT_WORDS})s?\b)[a-z]",
    re.IGNORECASE,
)
_NOT_NUMBERS = re.compile(
    r"\d{1,2}(?::\d\d)?\s?[ap]\.?m\b\.?|\d{1,2}:\d\d(?::\d\d)?|\b(?!(?:1/2|1/4|3/4)\b)\d{1,2}/\d{1,2}\b|"
    r"\b(?:no|every|any|each|that|this|the|which|another|some)[- ]one\b|"
    r"\bone (?:another|of|by one|thing|day)\b|"
    r"\bone's\b|\bdouble[- ](?:standard|digit|check|edged|down|act|agent)\w*|https?://\S+|\b\d+(?:\.\d+){2,}\b",
    re.IGNORECASE,
)
_BASELINE = re.compile(
    r"[^.;:]{0,40}?\b(?P<words>(?:over|from|than(?: in)?|compared (?:with|to)|versus|against|on|since) "
    r"(?:the (?:previous|prior|preceding|same|year|month)(?: \w+){0,3}|last (?:year|month|week|quarter)|"
    r"a (?:year|month|decade) (?:ago|earlier|before)|(?:in )?(?:\w+ )?(?:19|20)\d\d|pre-\w+ levels))",
)
_DOUBLED = re.compile(r"\s(?P<words>(?:what|as (?:many|much)|that of|the)\b[^,.;:()]{3,60})")


def quantities(text: str, taken: Sequence[Span] = ()) -> list[Quantity]:
    """Return the quantities of a text in order, spans relative to it; `taken` are ranges of dates."""
    ground = Ground(text)
    for start, end in (*taken, *(m.span() for m in _NOT_NUMBERS.finditer(text))):
        ground.take(Span(start, end))
    found: list[Quantity] = []
    for quantity in (*_fractions(text), *_multiples(text), *_ordinals(text), *_plain(text, ground)):
        if ground.free(quantity.span):
            ground.take(quantity.span)
            found.append(quantity)
    return sorted(found, key=lambda quantity: quantity.span)


def _fractions(text: str) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(text):
        if match["half"]:
            value = 0.5
        else:
            top = 1.0 if match["top"].lower() in {"a", "an"} else read(match["top"])
            value = round(top / FRACTIONS[match["part"].lower()], 4)
        start, comparator = _compared(text, match.start())
        yield Quantity(Span(start, match.end()), value, unit=None, comparator=comparator)


def _multiples(text: str) -> Iterator[Quantity]:
    for match in _MULTIPLE.finditer(text):
        printed = match["fold"] or match["x"]
        value = read(printed) if printed else _TIMES[(match["done"] or match["word"]).lower()]
        start, comparator = _compared(text, match.start())
        baseline = _baseline(text, match.end()) if match["fold"] else _than(text, match.end())
        yield Quantity(Span(start, match.end()), value, None, "times", comparator, baseline)


def _ordinals(text: str) -> Iterator[Quantity]:
    for match in _ORDINAL.finditer(text):
        value = float(match["digits"]) if match["digits"] else ORDINALS[match["word"].lower()]
        yield Quantity(Span(*match.span()), float(value), unit="ordinal")


def _plain(text: str, ground: Ground) -> Iterator[Quantity]:
    """Numerals with sign, unit and range; a match inside the range before it was its far end."""
    behind = 0
    for match in _NUMBER.finditer(text):
        start = match.start("sign") if match["sign"] else match.start("numeral")
        span = Span(start, match.end())
        named = not match["sign"] and _DESIGNATOR.search(text, max(0, start - 14), start)
        shaped = _SHAPED.match(text, match.start("numeral"))
        if start < behind or named or shaped or not ground.free(span):
            continue
        quantity = _quantity(text, match, start, ground)
        behind = quantity.span.end
        yield quantity


def _quantity(text: str, match: re.Match[str], start: int, ground: Ground) -> Quantity:
    sign = match["sign"]
    low, end = _mixed(text, match)
    unit, end = _unit(text, end)
    high = None
    far = _RANGE.match(text, end)
    if far and _is_range(text, start, far, low) and ground.free(Span(*far.span("high"))):
        high, low = read(far["high"]), _same_scale(match["numeral"], far["high"], low)
        end = far.end()
        last, end = _unit(text, end)
        unit = unit or last
    currency = _CURRENCIES.get(sign.upper()) if sign else None
    minus = (
        _MINUS.search(text, max(0, start - 7), start) if unit in {"%", "degrees"} and high is None else None
    )
    if minus:
        low, start = -low, minus.start()
    start, comparator = _compared(text, start)
    after = _AFTER.match(text, end)
    if after and comparator is None:
        comparator, end = after[0].strip(" -"), after.end()
    baseline = _than(text, end) if unit == "times" else None
    if unit in {"%", "percentage points"} or currency:
        baseline = _baseline(text, end)
    return Quantity(Span(start, end), low, high, currency or unit, comparator, baseline)


def _mixed(text: str, match: re.Match[str]) -> tuple[float, int]:
    """The numeral with a half or quarter that follows it."""
    low, end = read(match["numeral"]), match.end()
    more = _MORE.match(text, end)
    if more is None:
        return low, end
    low += _PARTS[(more["words"] or more["sign"] or more["digits"]).lower()]
    return low * (read(f"1 {more['scale']}") if more["scale"] else 1), more.end()


def _unit(text: str, end: int) -> tuple[str | None, int]:
    match = _UNIT.match(text, end)
    if match is None:
        return None, end
    word = (match["word"] or "%").lower()
    printed = match["word"] or "%"
    return _UNITS.get(printed) or _UNITS.get(word) or _CURRENCY_WORDS.get(word, word), match.end()


def _is_range(text: str, start: int, far: re.Match[str], low: float) -> bool:
    """ "between A and B", "A to B", "A or B", "A-B"; "from A to B" is a change and stays two quantities."""
    before = text[max(0, start - 22) : start].lower()
    word = far["word"]
    if word == "and":
        return bool(re.search(r"\bbetween (?:\w+ )?$", before))
    if word == "to" and re.search(r"\bfrom (?:\w+ )?$", before):
        return bool(re.search(r"\brang\w+ from (?:\w+ )?$", before))
    return read(far["high"]) > low


def _same_scale(low: str, high: str, value: float) -> float:
    """In "3 to 5 billion" the scale is printed once and holds for both."""
    scales = re.findall(r"(?:thousand|million|billion|trillion|bn|mn|tn|m|k)$", high.lower())
    if scales and not re.search(r"[a-z]$", low.lower()):
        return value * read(f"1 {scales[0]}")
    return value


def _compared(text: str, start: int) -> tuple[int, str | None]:
    match = _BEFORE.search(text, max(0, start - 26), start)
    if match is None:
        return start, None
    words = " ".join(match["words"].lower().split())
    if words in _PLACES and text[start : start + 3].lower() == "one":
        return start, None  # "under one command" measures nothing
    return match.start(), re.sub(r" (?:the|a)$", "", words)


def _baseline(text: str, end: int) -> str | None:
    match = _BASELINE.match(text, end)
    return match["words"] if match else None


def _than(text: str, end: int) -> str | None:
    match = _DOUBLED.match(text, end)
    return match["words"].strip() if match else _baseline(text, end)
