"""`msc inspect`: an article with everything that was found in it, as a page or in the terminal."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console, RenderableType

from bot.clean import clean
from bot.clean.reasons import meaning
from bot.errors import SourceError
from bot.extract import Extractor
from bot.fetch import files
from bot.reference import load
from bot.render.inspect import page
from bot.render.inspect_text import drawing
from bot.settings import Settings


class Format(StrEnum):
    """How the article is shown."""

    HTML = "html"
    TEXT = "text"


def register(app: typer.Typer) -> None:
    """Add the command to `msc`."""
    app.command("inspect")(inspect)


def inspect(
    source: Annotated[str, typer.Argument(metavar="FILE", help="An article; - for standard input.")],
    form: Annotated[
        Format | None,
        typer.Option(
            "--format", help="html: one page without network; text: coloured. Default: text in a terminal."
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write there.")] = None,
) -> None:
    """Show quotations, cues, speakers, facts, mentions and what cleaning left out, each with its reason."""
    found = next(files.read([source]), None)
    if found is None:
        raise SourceError(source, "there is no article in it")
    if isinstance(found, SourceError):
        raise found
    article = clean(found)
    settings = Settings()
    findings = Extractor(load(settings.people, settings.terms), settings.spacy_model).findings(article)
    form = form or (Format.TEXT if output is None and sys.stdout.isatty() else Format.HTML)
    if form is Format.HTML:
        _write(page(article, findings, editable=False, explain=meaning), output)
    else:
        _draw(drawing(article, findings, meaning), output)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    with _opened(output) as file:
        file.write(text)
    typer.echo(f"Wrote {output}.", err=True)


def _draw(drawing: RenderableType, output: Path | None) -> None:
    if output is None:
        Console().print(drawing)
        return
    with _opened(output) as file:
        Console(file=file, width=120).print(drawing)
    typer.echo(f"Wrote {output}.", err=True)


def _opened(output: Path) -> TextIO:
    try:
        return output.open("w", encoding="utf-8")
    except OSError as error:
        raise SourceError(str(output), f"can't be written ({error.strerror})") from error
