"""`/msc sources`: what is read, and the articles that answers come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.models import Asker, Phrase, Reply, Section, named
from bot.store import ArticleSummary, articles, sources
from handlers.commands._command import Command
from handlers.commands._source_lines import line
from handlers.commands._source_steps import step

if TYPE_CHECKING:
    from bot.services import Services

MOST = 40  # sources, and articles, that one listing names


async def run(services: Services, asker: Asker, rest: str) -> Reply:
    """List what is read and the articles that came of it, or do what the words ask for.

    Words narrow the articles to those whose title, publisher or address holds them all.
    """
    words = rest.split()
    if words and (done := await step(services, asker, words)):
        return done
    every = await articles.listing(services.db, asker.workspace)
    held = await sources.listing(services.db, asker.workspace)
    if not every and not held:
        return Reply("sources", Phrase("search.empty_corpus"))
    found = [a for a in every if all(w.casefold() in _named(a) for w in words)]
    if words and not found:
        return Reply("sources", Phrase("commands.no_source", {"words": rest.strip(), "articles": len(every)}))
    headline = Phrase(
        "commands.sources_found",
        {"articles": len(found), "quotations": sum(a.quotations for a in found)},
    )
    read = [] if words else [line(s) for s in held]
    parts = [*_parts("commands.sources_title", read), *_parts("commands.articles_title", map(_line, found))]
    return Reply("sources", headline, sections=tuple(parts))


def _parts(title: str, lines: Iterable[Phrase]) -> list[Section]:
    """Return sections of at most twenty lines, the first with the title, and how many more there are."""
    every = list(lines)
    shown = every[:MOST]
    if len(every) > MOST:
        shown.append(Phrase("card.and_more", {"count": len(every) - MOST}))
    return [Section(None if i else Phrase(title), tuple(shown[i : i + 20])) for i in range(0, len(shown), 20)]


def _named(article: ArticleSummary) -> str:
    return " ".join(p for p in (article.title, article.publisher, article.source) if p).casefold()


def _line(article: ArticleSummary) -> Phrase:
    values = {
        "title": named(article.title, article.source),
        "publisher": article.publisher or Phrase("commands.no_publisher"),
        "day": article.published or Phrase("card.no_date"),
        "quotations": article.quotations,
    }
    return Phrase("commands.source", values)


COMMAND = Command(
    name="sources",
    usage="sources [WORDS | pause N | resume N | look N | remove N]",
    summary="commands.sources",
    run=run,
    aliases=("articles",),
    changes=True,
    order=70,
)
