"""Subcommands that are questions: they hand the complete question to search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models import Asker, Phrase, Reply
from handlers.commands._command import Run

if TYPE_CHECKING:
    from bot.services import Services


def asking(name: str, usage: str) -> Run:
    """Return the `run` of a subcommand whose question begins with its name."""

    async def run(services: Services, asker: Asker, rest: str) -> Reply:
        if not rest.strip():
            return Reply(name, Phrase("commands.incomplete", {"name": name, "usage": usage}))
        return await services.searcher.answer(asker, f"{name} {rest.strip()}")

    return run
