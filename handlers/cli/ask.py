"""`msc ask`: one question, or a question a line on standard input."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

import typer

from bot import settings as configuration
from bot.models import Answer, Asker, Reply
from bot.render import text
from bot.render.lines import Reader
from bot.services import services


class Format(StrEnum):
    """How answers are printed."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to `msc`."""
    app.command("ask")(ask)


def ask(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUESTION]", help="Without one: a question a line on input."),
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="text for people, json: one object a question.")
    ] = Format.TEXT,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how the question was read and what each score is made of.")
    ] = False,
) -> None:
    """Ask who said what: who mentioned X, what did S say about X, quotes S, verify "…", or just words."""
    asyncio.run(_ask([" ".join(words)] if words else sys.stdin, form, explain))


async def _ask(questions: Iterable[str], form: Format, explain: bool) -> None:
    chosen = configuration.load()
    async with services(chosen) as s:
        asker = Asker(chosen.workspace, timezone=chosen.timezone)
        for question in questions:
            question = question.rstrip("\r\n")
            reply = await s.searcher.answer(asker, question)
            if form is Format.JSON:
                typer.echo(json.dumps(as_json(question, reply, explain), ensure_ascii=False))
            else:
                typer.echo(text.draw(reply, Reader()))
                typer.echo("\n".join(explained(reply)) if explain else "")


def as_json(question: str, reply: Reply, explain: bool = False) -> dict[str, Any]:
    """Return a reply as plain values: what `--format json` prints; narration follows the answers."""
    verdict = None if reply.verdict is None else ("yes" if reply.verdict else "no")
    return {
        "q": question,
        "answers": [_answer(a, explain) for a in (*reply.answers, *reply.narration)],
        "verdict": verdict,
        "verification": reply.verification.value if reply.verification else None,
        "nearest": [_answer(a, explain) for a in reply.nearest],
    } | ({"understood": [Reader().phrase(p) for p in reply.understood]} if explain else {})


def explained(reply: Reply) -> list[str]:
    """Return how the question was read, then a line an answer with what its score is made of."""
    reader = Reader()
    answers = enumerate((*reply.answers, *reply.narration), 1)
    return [*(reader.phrase(p) for p in reply.understood), *(_score(n, a, reader) for n, a in answers)]


def _score(number: int, answer: Answer, reader: Reader) -> str:
    parts = [
        reader.say(f"understood.part_{name.replace(' ', '_')}", value=f"{value:+.2f}")
        for name, value in answer.why
        if round(value, 2)
    ]
    return reader.say("understood.score", n=number, total=f"{answer.score:.2f}", parts=", ".join(parts))


def _answer(answer: Answer, explain: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": answer.kind,
        "text": answer.text,
        "context": answer.context,
        "speaker": answer.speaker,
        "role": answer.role,
        "cue": answer.cue,
        "file": answer.source,
        "url": answer.url,
        "title": answer.title,
        "span": list(answer.spans[0]) if len(answer.spans) == 1 else [list(s) for s in answer.spans],
        "score": answer.score,
    }
    return found | {"why": dict(answer.why)} if explain else found
