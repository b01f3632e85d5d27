"""`msc export`: what people corrected, as test cases in the form that `msc extract` prints."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.errors import SourceError
from bot.models import Article, Correction, Span, Verdict
from bot.services import services
from bot.settings import Settings
from bot.store import corrections


def register(app: typer.Typer) -> None:
    """Add the command to `msc`."""
    app.command("export")(export)


def export(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write there.")] = None,
) -> None:
    """Write corrections as test cases: one JSON object a line, the text around included."""
    cases = asyncio.run(_cases())
    printed = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    if output is None:
        typer.echo(printed, nl=False)
    else:
        try:
            output.write_text(printed, encoding="utf-8")
        except OSError as error:
            raise SourceError(str(output), f"can't be written ({error.strerror})") from error
    typer.echo(f"{len(cases)} corrections", err=True)


async def _cases() -> list[dict[str, Any]]:
    settings = Settings()
    async with services(settings) as built:
        found = await corrections.with_articles(built.db, settings.workspace)
    return [case(stored.article, said) for stored, all_said in found for said in all_said]


def case(article: Article, said: Correction) -> dict[str, Any]:
    """Return a correction as a test case: its paragraph as the text, offsets inside it, what is right."""
    around = _paragraph(article.text, said.span)
    start, end = said.span.start - around.start, said.span.end - around.start
    right = {"content": [start, end], "text": said.span.of(article.text), "speaker": said.speaker}
    return {
        "file": article.source,
        "content_hash": article.content_hash,
        "start": around.start,
        "text": around.of(article.text),
        "quotations": [right] if said.verdict is Verdict.SPEAKER else [],
        "not_quotations": [] if said.verdict is Verdict.SPEAKER else [[start, end]],
    }


def _paragraph(text: str, span: Span) -> Span:
    """The lines around a stretch, with one before it: a speaker is often named there."""
    line = text.rfind("\n", 0, span.start) + 1
    before = text.rfind("\n", 0, max(0, len(text[:line].rstrip()))) + 1
    end = text.find("\n", span.end)
    return Span(before, len(text) if end < 0 else end)
