"""`msc why`: what cleaning left out of a file and why, and what it understood of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

import typer

from bot import settings
from bot.clean import clean
from bot.clean.reasons import meaning
from bot.errors import SourceError
from bot.fetch import sources as fetch
from bot.fetch.addresses import Allowed
from bot.models import Article, Span

_EXCERPT = 88


class Format(StrEnum):
    """How the answer is printed."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to `msc`."""
    app.command("why")(why)


def why(
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Files, folders, globs, web pages; - for input.")
    ],
    form: Annotated[
        Format, typer.Option("--format", help="text for people, json: one object a file.")
    ] = Format.TEXT,
) -> None:
    """Show what was left out of an article and why, with its title, date, publisher and flags."""
    failed = False
    for found in fetch.read(sources, Allowed.parse(settings.load().fetch_allow)):
        try:
            if isinstance(found, SourceError):
                raise found
            article = clean(found)
        except SourceError as error:
            typer.echo(f"msc: {error}", err=True)
            failed = True
            continue
        if form is Format.JSON:
            typer.echo(json.dumps(facts(article), ensure_ascii=False))
        else:
            typer.echo("\n".join(lines(article)))
    raise typer.Exit(1 if failed else 0)


def facts(article: Article) -> dict[str, Any]:
    """Return what cleaning understood and left out as plain values; spans are code points, end exclusive."""
    return {
        "file": article.source,
        "title": article.title,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "url": article.url,
        "notes": list(article.notes),
        "headings": [list(span) for span in article.headings],
        "flags": [
            {"kind": flag.kind.value, "span": list(flag.span), "text": flag.span.of(article.text)}
            for flag in article.flags
        ],
        "left_out": [
            {
                "rule": mask.rule,
                "why": meaning(mask.rule),
                "line": line,
                "span": list(mask.span),
                "text": mask.span.of(article.text),
            }
            for mask, line in zip(article.masks, _line_numbers(article), strict=True)
        ],
    }


def lines(article: Article) -> Iterator[str]:
    """Yield the same for a terminal."""
    yield article.source
    known = (
        ("Title", article.title),
        ("Publisher", article.publisher),
        ("Authors", ", ".join(article.authors)),
        ("Published", article.published.strftime("%-d %B %Y") if article.published else None),
        ("Address", article.url),
    )
    yield from (
        f"  {name + ':':<11}{value or 'not stated'}" for name, value in known if value or name != "Address"
    )
    if article.language != "en":
        yield f"  Language:  {article.language}; only English is read, so nothing is taken from it"
    yield from (f"  Note:      {note}" for note in article.notes)
    for flag in article.flags:
        yield f"  Flag:      {flag.kind.value}, because it says “{_excerpt(flag.span, article.text)}”"
    yield from _left_out(article)
    yield ""


def _left_out(article: Article) -> Iterator[str]:
    if not article.masks:
        yield "  Nothing was left out."
        return
    share = sum(mask.span.end - mask.span.start for mask in article.masks) / len(article.text)
    places = "1 place" if len(article.masks) == 1 else f"{len(article.masks)} places"
    yield f"  Left out: {places}, {share:.1%} of the text"
    width = max(len(mask.rule) for mask in article.masks)
    for mask, line in zip(article.masks, _line_numbers(article), strict=True):
        yield f"  line {line:>4}  {mask.rule:<{width}}  {meaning(mask.rule)}"
        yield f"{'':13}{'':{width}}{_excerpt(mask.span, article.text)}"


def _line_numbers(article: Article) -> Iterator[int]:
    line, at = 1, 0
    for mask in article.masks:
        line += article.text.count("\n", at, mask.span.start)
        at = mask.span.start
        yield line


def _excerpt(span: Span, text: str) -> str:
    words = _printable(text[span.start : min(span.end, span.start + 4 * _EXCERPT)])
    return words if len(words) <= _EXCERPT else words[: _EXCERPT - 1].rstrip() + "…"


def _printable(text: str) -> str:
    """Return `text` on one line without characters that would steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
