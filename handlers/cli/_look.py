"""One look of `msc doctor`, and the line that comes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from textwrap import shorten
from typing import Any, Literal, NamedTuple

from bot.errors import MscError
from bot.settings import Settings

_LONGEST = 400  # characters of a line: reasons may hold whatever a page or a driver says
State = Literal["ok", "see", "NOT"]
Look = Callable[[Settings], Awaitable[str]]
"""Returns what is well; raises MscError for what is broken, Wanting for what only wants a look."""


class Check(NamedTuple):
    """One line: what was looked at, how it is, and what to do where it is not well."""

    name: str
    state: State
    words: str


class Wanting(MscError):
    """It works, and somebody should look."""


async def seen(name: str, look: Callable[..., Awaitable[str]], *given: Any) -> Check:
    """Return the line of a look."""
    state: State = "ok"
    try:
        words = await look(*given)
    except MscError as error:
        state = "see" if isinstance(error, Wanting) else "NOT"
        words = str(error)
    return Check(name, state, shorten(words, _LONGEST, placeholder=" …"))
