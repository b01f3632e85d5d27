"""`msc extract`: what the files say, one JSON object a finding; nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import tee
from typing import Annotated, Any

import typer

from bot import reference, settings
from bot.clean import clean
from bot.errors import SourceError
from bot.extract import Extractor
from bot.fetch import sources as fetch
from bot.fetch.addresses import Allowed
from bot.models import Article, Fact, Findings, Quantity, Quotation, Span


class Format(StrEnum):
    """How findings are printed."""

    JSONL = "jsonl"


def register(app: typer.Typer) -> None:
    """Add the command to `msc`."""
    app.command("extract")(extract)


def extract(
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Files, folders, globs, web pages; - for input.")
    ],
    form: Annotated[Format, typer.Option("--format", help="One JSON object a line.")] = Format.JSONL,
    facts: Annotated[bool, typer.Option("--facts", help="Facts instead of quotations.")] = False,
    processes: Annotated[int, typer.Option("--processes", min=1, help="Processes to use.")] = 1,
) -> None:
    """Print every quotation (or fact) of the files with its place, its speaker and the rule that found it."""
    chosen = settings.load()
    extractor = Extractor(reference.load(chosen.people, chosen.terms), chosen.spacy_model)
    failed: list[str] = []
    named, read = tee(_articles(sources, failed))
    for article, findings in zip(named, extractor.findings_many(read, processes), strict=True):
        for row in fact_rows(article, findings) if facts else quotation_rows(article, findings):
            typer.echo(json.dumps(row, ensure_ascii=False))
    raise typer.Exit(1 if failed else 0)


def _articles(sources: Iterable[str], failed: list[str]) -> Iterator[Article]:
    for found in fetch.read(sources, Allowed.parse(settings.load().fetch_allow)):
        try:
            if isinstance(found, SourceError):
                raise found
            article = clean(found)
        except SourceError as error:
            typer.echo(f"msc: {error}", err=True)
            failed.append(error.source)
            continue
        if not article.language.startswith("en"):
            typer.echo(
                f"msc: {article.source}: is written in {article.language!r}; only English is read.", err=True
            )
        yield article


def quotation_rows(article: Article, findings: Findings) -> Iterator[dict[str, Any]]:
    """Yield a plain object for each quotation; offsets are code points, end exclusive."""
    for quotation in findings.quotations:
        yield _quotation(article, quotation)


def _quotation(article: Article, quotation: Quotation) -> dict[str, Any]:
    spans = [list(span) for span in quotation.content]
    return {
        "file": article.source,
        "kind": quotation.kind.value,
        "content": spans[0] if len(spans) == 1 else spans,
        "text": " ".join(span.of(article.text) for span in quotation.content),
        "cue": _pair(quotation.cue),
        "speaker_span": _pair(quotation.speaker_span),
        "speaker": quotation.speaker,
        "speaker_kind": quotation.speaker_kind.value if quotation.speaker_kind else None,
        "role": quotation.role,
        "polarity": quotation.polarity.value,
        "nested_in": quotation.nested_in,
        "reason": quotation.reason,
        "speaker_reason": quotation.speaker_reason,
    }


def fact_rows(article: Article, findings: Findings) -> Iterator[dict[str, Any]]:
    """Yield a plain object for each fact."""
    for fact in findings.facts:
        yield _fact(article, fact)


def _fact(article: Article, fact: Fact) -> dict[str, Any]:
    text = article.text
    return {
        "file": article.source,
        "kind": "fact",
        "content": list(fact.content),
        "text": fact.content.of(text),
        "subject": _words(text, fact.subject),
        "predicate": _words(text, fact.predicate),
        "object": _words(text, fact.object),
        "quantities": [_quantity(quantity) for quantity in fact.quantities],
        "dates": [{"normalized": date.normalized} for date in fact.dates],
        "attributed_to": fact.attributed_to,
        "modality": fact.modality.value,
        "polarity": "negative" if fact.negated else "positive",
        "reason": fact.reason,
    }


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "value": quantity.value,
        "value_max": quantity.value_max,
        "unit": quantity.unit,
        "comparator": quantity.comparator,
    }


def _pair(span: Span | None) -> list[int] | None:
    return list(span) if span is not None else None


def _words(text: str, span: Span | None) -> str | None:
    return span.of(text) if span is not None else None
