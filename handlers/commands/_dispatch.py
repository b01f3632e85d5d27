"""From a line of text to a Reply: the subcommand that its first word names, or a free question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot import metrics
from bot.errors import QuestionError
from bot.models import Asker, Phrase, Reply
from handlers.commands import registry
from handlers.commands._command import Command

if TYPE_CHECKING:
    from bot.services import Services

LONGEST = 4_000
_GREETINGS = frozenset(
    {"hello", "hi", "hey", "hallo", "hello there", "hi there", "good morning", "guten morgen", "guten tag"}
)
_ALIKE = 74  # of 100: "quots", "verfy", "sorces" are meant as subcommands, "Greenland" is not


async def dispatch(services: Services, asker: Asker, text: str) -> Reply:
    """Answer a line of text; raises QuestionError where it can't be asked.

    Nothing at all, or a greeting alone, is answered with help, a single word that looks like a subcommand
    with "did you mean".
    """
    question = " ".join(text.replace("\x00", " ").split())
    if len(question) > LONGEST:
        raise QuestionError(
            f"That is {len(question):,} characters long; at most {LONGEST:,} can be asked at once. "
            "Please ask with a sentence of it.",
            "slack.too_long",
            length=len(question),
            most=LONGEST,
        )
    greeted = question.casefold().strip(" !.,?") in _GREETINGS
    command = _named("help" if greeted or not question else question.partition(" ")[0])
    with metrics.answering(command.name if command else "question") as counted:
        counted.append(reply := await _answered(command, services, asker, question))
    return reply


async def _answered(command: Command | None, services: Services, asker: Asker, question: str) -> Reply:
    first, _, rest = question.partition(" ")
    if command is not None:
        return await _run(command, services, asker, rest)
    meant = _meant(first) if not rest else ()
    if meant:
        return Reply(question, Phrase("commands.unknown", {"word": first}), choices=meant)
    return await services.searcher.answer(asker, question)


def meanwhile(asker: Asker, text: str) -> Phrase | None:
    """Return what to say at once before an answer that takes seconds; None where it comes at once."""
    first, _, rest = " ".join(text.split()).partition(" ")
    command = _named(first) if first and rest else None
    if command is None or command.slow is None or not command.open_to(asker):
        return None
    return Phrase(command.slow)


def changes(text: str) -> bool:
    """Say whether the text asks for something that changes what is stored or posted."""
    command = _named(text.split()[0]) if text.split() else None
    return command is not None and command.changes


async def _run(command: Command, services: Services, asker: Asker, rest: str) -> Reply:
    if not command.open_to(asker):
        return Reply(command.name, Phrase("commands.admin_only", {"name": command.name}))
    return await command.run(services, asker, rest)


def _named(word: str) -> Command | None:
    word = word.casefold().lstrip("/").rstrip("?:")
    return next((c for c in registry().values() if word in (c.name, *c.aliases)), None)


def _meant(word: str) -> tuple[str, ...]:
    """Return what a mistyped subcommand could have been."""
    names = {form: c for c in registry().values() for form in (c.name, *c.aliases)}
    found = process.extract(word.casefold(), list(names), scorer=fuzz.ratio, limit=3, score_cutoff=_ALIKE)
    return tuple(dict.fromkeys(names[form].name for form, _, _ in found))
