"""What a button remembers: Slack gives a click back nothing else. Small, and checked again on arrival.

The workspace is never in it: it comes from the signed payload, and search and store read only its rows.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from bot.errors import QuestionError
from bot.models import Answer, Span

VALUE = 2_000  # characters of a button's value
BLOCK_ID = 255
LONGEST_QUESTION = 4_000
_KEYS = {
    "q": "question", "p": "page", "s": "speaker", "a": "article", "k": "kind", "b": "begin", "c": "check",
}  # fmt: skip

_VALUES = attrgetter(*_KEYS.values())


@dataclass(frozen=True, slots=True)
class State:
    """Where a reader stands: the question, the page, what it was narrowed to, and perhaps one answer.

    `article` alone narrows the answers to an article; with `kind` and `begin` it names one answer, and
    `check` tells whether the article still says the same there.
    """

    question: str = ""
    page: int = 0
    speaker: str | None = None
    article: int | None = None
    kind: str | None = None
    begin: int | None = None
    check: int | None = None

    def of(self, answer: Answer) -> State:
        """Return the state that names this answer."""
        return named(self.question, answer.article_id, answer.kind, answer.spans, answer.text)

    def names(self, answer: Answer) -> bool:
        """Say whether this state names that answer."""
        return replace(self.of(answer), page=self.page, speaker=self.speaker) == self


def named(question: str, article: int, kind: str, spans: Sequence[Span], text: str) -> State:
    """Return the state that names a passage of an article."""
    return State(question, 0, None, article, kind, spans[0].start, zlib.crc32(text.encode()))


def pack(state: State, limit: int = VALUE) -> str | None:
    """Return the state as a button's value; None where the question is too long for it."""
    values = zip(_KEYS, _VALUES(state), strict=True)
    value = (
        "{"
        + ",".join([f'"{k}":{v if type(v) is int else encode_basestring(v)}' for k, v in values if v])
        + "}"
    )
    return value if len(value) <= limit else None


def place_of(answer: Answer) -> str:
    """Return what every state that names this answer packs alike, for `pack_at`: all but the question."""
    return pack(State().of(answer)) or ""


def pack_at(question: str, place: str, limit: int = VALUE) -> str | None:
    """Return, as `pack` does, the state of a question that names the answer at a place."""
    value = f'{{"q":{encode_basestring(question)},{place[1:]}' if question else place
    return value if len(value) <= limit else None


def unpack(value: str | None) -> State:
    """Read a value that came back; raises QuestionError for one that we didn't write."""
    try:
        data = json.loads(value or "")
    except (ValueError, RecursionError) as error:
        raise _forged() from error
    if not isinstance(data, dict) or not set(data) <= set(_KEYS):
        raise _forged()
    return State(
        question=_text(data, "q") or "",
        page=_number(data, "p") or 0,
        speaker=_text(data, "s"),
        article=_number(data, "a"),
        kind=_text(data, "k"),
        begin=_number(data, "b", 0 if "k" in data else None),
        check=_number(data, "c", 0 if "k" in data else None),
    )


def _text(data: dict[str, Any], key: str) -> str | None:
    value = data.get(key)
    if value is None or (isinstance(value, str) and len(value) <= LONGEST_QUESTION):
        return value
    raise _forged()


def _number(data: dict[str, Any], key: str, default: int | None = None) -> int | None:
    value = data.get(key, default)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53):
        return value
    raise _forged()


def _forged() -> QuestionError:
    return QuestionError("This button can't be read any more; please ask again.", "slack.forged")
