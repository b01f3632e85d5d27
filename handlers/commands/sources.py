"""`/msc sources`: the articles that answers come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models import Asker, Phrase, Reply, Section
from bot.store import ArticleSummary, articles
from handlers.commands._command import Command

if TYPE_CHECKING:
    from bot.services import Services

MOST = 60  # articles that one listing names


async def run(services: Services, asker: Asker, rest: str) -> Reply:
    """List the workspace's articles, newest first; `rest` narrows them to titles that hold its words."""
    every = await articles.listing(services.db, asker.workspace)
    if not every:
        return Reply("sources", Phrase("search.empty_corpus"))
    wanted = rest.casefold().split()
    found = [a for a in every if all(w in _named(a) for w in wanted)]
    if not found:
        return Reply("sources", Phrase("commands.no_source", {"words": rest.strip(), "articles": len(every)}))
    lines: list[Phrase | str] = [_line(a) for a in found[:MOST]]
    if len(found) > MOST:
        lines.append(Phrase("card.and_more", {"count": len(found) - MOST}))
    headline = Phrase(
        "commands.sources_found",
        {"articles": len(found), "quotations": sum(a.quotations for a in found)},
    )
    parts = [tuple(lines[i : i + 20]) for i in range(0, len(lines), 20)]
    return Reply("sources", headline, sections=tuple(Section(None, p) for p in parts))


def _named(article: ArticleSummary) -> str:
    return " ".join(p for p in (article.title, article.publisher, article.source) if p).casefold()


def _line(article: ArticleSummary) -> Phrase:
    values = {
        "title": article.title or article.source,
        "publisher": article.publisher or Phrase("commands.no_publisher"),
        "day": article.published or Phrase("card.no_date"),
        "quotations": article.quotations,
    }
    return Phrase("commands.source", values)


COMMAND = Command(
    name="sources", usage="sources", summary="commands.sources", run=run, aliases=("articles",), order=70
)
