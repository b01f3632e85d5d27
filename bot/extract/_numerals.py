"""Reading one printed numeral: digits, number words, scales. Nothing is computed beyond what is printed."""

from __future__ import annotations

import re

_ONES_IN_ORDER = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
ONES = {word: value for value, word in enumerate(_ONES_IN_ORDER)}
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
FRACTIONS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
ORDINALS = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12,
}  # fmt: skip

DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TENS = "|".join(TENS)
_ONES = "|".join(sorted(ONES, key=len, reverse=True))
WORD = rf"(?:{_TENS})(?:[- ](?:{_ONES}))?|(?:{_ONES})"
SCALE = r"dozen|hundred|thousand|million|billion|trillion"
NUMERAL = (
    rf"(?:(?:{DIGITS})(?:(?:[ \u00a0-](?:{SCALE}))+|\s?(?:bn|mn|mln|tn|[mk])\b)?"
    rf"|(?:half an?|an?|{WORD}) (?:{SCALE})(?: (?:{SCALE}))?(?: (?:{WORD})(?: (?:{SCALE}))*)*"
    rf"(?: and (?:{WORD})(?! (?:hundred|dozen)))?(?: (?:thousand|million|billion|trillion))?"
    rf"|(?:{WORD})(?:-(?:{SCALE}))?)"
)

_PIECE = re.compile(rf"(?:{DIGITS})|[a-z]+")


def read(numeral: str) -> float:
    """Return the value of a text that NUMERAL matches: "$181 billion" without its sign is 181e9."""
    total, current = 0.0, None
    for piece in _PIECE.findall(numeral.lower()):
        if piece[0].isdigit():
            current = float(re.sub(r"[^\d.]", "", piece))
        elif piece in ONES or piece in TENS:
            current = (current or 0.0) + ONES.get(piece, TENS.get(piece, 0))
        elif piece == "half":
            current = 0.5
        elif piece in SCALES:
            total, current = _scaled(total, 1.0 if current is None else current, SCALES[piece])
    return total + (current or 0.0)


def _scaled(total: float, current: float, scale: float) -> tuple[float, float | None]:
    """Multiply by a scale word; a hundred or a dozen still waits for a larger scale."""
    if scale <= SCALES["hundred"]:
        return total, current * scale
    return total + current * scale, None
