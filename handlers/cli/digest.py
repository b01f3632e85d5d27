"""`msc digest`: the themes of a day as text, as JSON, or as the messages that Slack would get."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from bot.digest import compose
from bot.digest.compose import Period
from bot.digest.schedule import zone
from bot.errors import UsageError
from bot.models import Answer, Digest, Disagreement, Theme
from bot.render import digest as words
from bot.render import edition as drawing
from bot.render import text
from bot.render.lines import Reader
from bot.services import Services
from handlers.cli._run import run


class Format(StrEnum):
    """How the digest is printed."""

    TEXT = "text"
    JSON = "json"
    SLACK = "slack"


def register(app: typer.Typer) -> None:
    """Add the command to `msc`."""
    app.command("digest")(digest)


def digest(
    day: Annotated[str, typer.Option(metavar="DATE", help="A day such as 2026-02-14; default: today.")] = "",
    form: Annotated[
        Format, typer.Option("--format", help="text, json, or slack: the messages as JSON.")
    ] = Format.TEXT,
    everything: Annotated[bool, typer.Option("--all", help="Take every article whatever its day.")] = False,
    most: Annotated[int, typer.Option("--themes", min=1, max=16, help="Themes to show.")] = words.MOST,
) -> None:
    """Show what a day's articles have in common: themes with quotations, disagreement, facts, new voices.

    An article without a date counts on the day it came in, and that is said.
    """

    async def work(services: Services) -> None:
        period = _period(day, services.settings.timezone, everything)
        found = await compose.of_period(services.db, services.settings.workspace, services.reference, period)
        reader = Reader(timezone=services.settings.timezone)
        match form:
            case Format.JSON:
                typer.echo(json.dumps(as_json(found, reader, everything), ensure_ascii=False))
            case Format.SLACK:
                typer.echo(json.dumps(as_slack(found, reader, most), ensure_ascii=False))
            case Format.TEXT:
                typer.echo(text.draw(words.reply(found, f"themes {day}".strip(), reader, most), reader))

    run(work)


def _period(day: str, zone_name: str, everything: bool) -> Period:
    where = zone(zone_name)
    if everything:
        return Period(date.min, date.max, where, everything=True)
    today = datetime.now(UTC).astimezone(where).date()
    try:
        chosen = date.fromisoformat(day.strip()) if day.strip() else today
    except ValueError as error:
        raise UsageError(f"--day {day!r} is no date; write it as 2026-02-14.") from error
    if chosen > today:
        raise UsageError(f"--day {chosen} lies ahead; there can be no articles of it yet.")
    return Period(chosen, chosen, where)


def as_json(found: Digest, reader: Reader, everything: bool = False) -> dict[str, Any]:
    """Return the digest as plain values: what `--format json` prints; spans are code points."""
    day = "all" if everything else found.first.isoformat()
    return {
        "day": day,
        "themes": [_theme(theme, reader) for theme in found.themes],
        "articles": found.articles,
        "reprints": found.reprints,
        "sponsored": found.sponsored,
        "undated": found.undated,
        "sources": found.sources,
        "quotations": found.quotations,
        "stories": [{"title": s.title, "articles": list(s.articles)} for s in found.stories],
        "skip": reader.phrase(found.skip) if found.skip else None,
    }


def _theme(theme: Theme, reader: Reader) -> dict[str, Any]:
    return {
        "title": theme.title,
        "state": theme.state.value,
        "why": reader.phrase(words.why(theme)),
        "articles": theme.articles,
        "quotations": theme.quotations,
        "counts": list(theme.counts),
        "quotes": [part for answer in _shown(theme) for part in _quotes(answer)],
        "disagreement": _disagreement(theme.disagreement),
        "facts": [part for answer in theme.facts for part in _quotes(answer)],
        "new_voices": list(theme.new_voices),
        "members": [{"file": m.source, "start": m.span.start, "end": m.span.end} for m in theme.members],
    }


def _shown(theme: Theme) -> list[Answer]:
    """Return the quotations that a theme shows, both sides of a disagreement among them."""
    sides = [theme.disagreement.one, theme.disagreement.other] if theme.disagreement else []
    places = [(a.source, a.spans) for a in theme.quotes]
    return [*theme.quotes, *(a for a in sides if (a.source, a.spans) not in places)]


def _quotes(answer: Answer, text_of: str | None = None) -> list[dict[str, Any]]:
    """Return a quotation, one entry for each of its slices: each is verbatim."""
    pieces = answer.text.split(" […] ") if len(answer.spans) > 1 else [answer.text]
    return [
        {
            "file": answer.source,
            "start": span.start,
            "end": span.end,
            "quote": piece,
            "speaker": answer.speaker,
            "role": answer.role,
            "sponsored": answer.sponsored,
        }
        for span, piece in zip(answer.spans, pieces, strict=False)
    ]


def _disagreement(pair: Disagreement | None) -> dict[str, Any] | None:
    if pair is None:
        return None
    return {
        "kind": pair.kind,
        "sign": pair.sign,
        "one": _quotes(pair.one),
        "other": _quotes(pair.other),
    }


def as_slack(found: Digest, reader: Reader, most: int) -> list[dict[str, Any]]:
    """Return the messages that a channel would get: the digest, then one a theme in its thread."""
    if found.skip:
        return [{"text": reader.phrase(found.skip), "blocks": []}]
    drawn = [drawing.parent(found, reader, most), *(drawing.message(t, reader) for t in found.themes)]
    return [{"text": text_, "blocks": blocks} for text_, blocks in drawn]
