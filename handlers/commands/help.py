"""`/msc help`: what can be asked, with examples that the workspace's own articles answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models import Asker, Phrase, Reply, Section
from bot.store import overview
from bot.store.overview import Glance
from handlers.commands import registry
from handlers.commands._command import Command

if TYPE_CHECKING:
    from bot.services import Services

_EXAMPLES = 3  # speakers and topics that examples are made of


async def run(services: Services, asker: Asker, rest: str) -> Reply:
    """Explain every subcommand; where there are no articles yet, say first how to add some."""
    glance = await overview.glance(services.db, asker.workspace, _EXAMPLES)
    held = glance.numbers
    explained = (about(asker),)
    if not held.articles:
        return Reply("help", Phrase("search.empty_corpus"), sections=explained)
    values = {"articles": held.articles, "quotations": held.quotations, "speakers": held.speakers}
    return Reply(
        "help",
        Phrase("commands.help", values),
        sections=explained,
        choices=_examples(glance),
    )


def about(asker: Asker) -> Section:
    """Return the subcommands that the asker may use, each in one line."""
    commands = [c for c in registry().values() if c.open_to(asker)]
    lines = [Phrase("commands.help_line", {"usage": c.usage, "summary": Phrase(c.summary)}) for c in commands]
    return Section(Phrase("commands.help_title"), (*lines, Phrase("commands.help_free")))


async def examples(services: Services, workspace: str) -> tuple[str, ...]:
    """Return questions that the workspace's articles answer."""
    return _examples(await overview.glance(services.db, workspace, _EXAMPLES))


def _examples(glance: Glance) -> tuple[str, ...]:
    quoted = [name for name, _ in glance.quoted]
    topics = [name for name, _ in glance.mentioned]
    asked = [f"who mentioned {topic}" for topic in topics[:1]]
    asked += [f"quotes {name}" for name in quoted[:1]]
    asked += [f"what did {quoted[-1]} say about {topics[-1]}"] if quoted and topics else []
    asked += [f"facts {topic}" for topic in topics[1:2]]
    return tuple(asked)


COMMAND = Command(
    name="help", usage="help", summary="commands.help_summary", run=run, aliases=("hilfe",), order=100
)
