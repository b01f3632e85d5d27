"""What a message claims: the words between its quotation marks, and who is to have said them."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST = 3  # quotations of one message that are checked
_LONGEST = 3_800  # characters of one that are checked
_LONGEST_NAME = 100
_FEWEST = 3  # words: fewer between quotation marks are a name, a title or an irony
_QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|(?<!\w)\"([^\"]+)\"(?!\w)")
_MARKS = re.compile(r"[\"“”„«»]")
_PART = r"[^\W\d_a-zß-ÿ][\w.'’-]*"
_NAME = rf"{_PART}(?: (?:(?:von|van|der|den|de|la|le|du|di|da|del|el|al|bin) ){{0,3}}{_PART}){{0,4}}"
_SAID = r"(?:said|says|sagte|sagt)"
_BEFORE = re.compile(rf"(?P<who>{_NAME})(?: {_SAID}\s*[:,]?|:)\s*$")
_AFTER = re.compile(rf"\s*[,.]?\s*(?:[-–—]\s*|{_SAID} )(?P<who>{_NAME})|\s*(?P<first>{_NAME}) {_SAID}\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that somebody is to have said; `speaker` is empty where the message names none."""

    words: str
    speaker: str = ""

    @property
    def question(self) -> str:
        """The question that checks it; marks within the words would end them."""
        words = _MARKS.sub(" ", self.words)[:_LONGEST]
        return f'verify "{words}" {self.speaker[:_LONGEST_NAME]}'.rstrip()


def claims(text: str) -> list[Claim]:
    """Return each quotation of a message; all of the message where it quotes nothing."""
    found = [m for m in _QUOTED.finditer(text) if len(_words(m).split()) >= _FEWEST]
    if not found and text:
        return [Claim(text)]
    return [Claim(_words(m), _speaker(text, m)) for m in found]


def _words(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None).strip()


def _speaker(text: str, match: re.Match[str]) -> str:
    """Return the name right beside the words where a speaker is named: Ada said “…”, “…” – Ada."""
    after = _AFTER.match(text[match.end() :].partition("\n")[0])
    before = _BEFORE.search(text[: match.start()].rpartition("\n")[2])
    if before:
        return before["who"]
    return (after["who"] or after["first"]) if after else ""
