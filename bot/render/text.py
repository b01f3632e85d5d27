"""A Reply as plain text for the terminal: the same content and order as the Slack message, all pages."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from bot.models import Answer, DiffWord, Reply
from bot.render import catalogue, lines, mrkdwn
from bot.render.lines import Reader

WIDTH = 100
_ASIDE = 5


def draw(reply: Reply, reader: Reader | None = None, *, width: int = WIDTH, most: int | None = None) -> str:
    """Return the reply in lines of about `width` characters; `most` limits the answers that are shown."""
    reader = reader or Reader()
    return "\n".join(_lines(lines.narrowed(reply, reader.state), reader, max(width, 40), most)).strip("\n")


def _lines(reply: Reply, reader: Reader, width: int, most: int | None) -> Iterator[str]:
    yield from _wrap(reader.phrase(reply.headline), width)
    if reply.verdict is not None:
        yield reader.say(f"card.verdict_{'yes' if reply.verdict else 'no'}")
    for note in reply.notes:
        yield from _wrap(reader.phrase(note), width, "  ")
    yield from _difference(reply.diff, reader, width)
    yield from _speakers(reply, reader, width)
    if lines.instead(reply):
        yield from ("", reader.say("card.instead"))
    for answer in reply.answers[:most]:
        yield from _answer(answer, reader, width)
    if most is not None and len(reply.answers) > most:
        yield ""
        yield reader.say("card.and_more", count=len(reply.answers) - most)
    for name, answers in (("narration", reply.narration), ("nearest", reply.nearest)):
        yield from _aside(name, answers, reader, width)
    yield from _sections(reply, reader, width)
    yield from _choices(reply, reader)


def _answer(answer: Answer, reader: Reader, width: int, *, apart: bool = False) -> Iterator[str]:
    """Lines of one answer; `apart` stands under a heading that says already that nobody is claimed."""
    head = ", ".join(p for p in (lines.speaker(answer, reader), answer.role) if p)
    how = lines.how(answer, reader)
    yield ""
    if answer.speaker or not apart:
        yield from _wrap(f"{head} · {how}" if how else head, width)
    yield from _wrap(lines.words(answer), width, "  │ ")
    yield from _wrap(" · ".join([lines.title(answer, reader), *lines.source(answer, reader)]), width, "  ")
    if answer.url:
        yield f"  {mrkdwn.collapse(answer.url)}"


def _difference(diff: tuple[DiffWord, ...], reader: Reader, width: int) -> Iterator[str]:
    if not lines.differs(diff):
        return
    yield ""
    yield reader.say("card.difference")
    yield from _wrap(" ".join(map(lines.marked, diff)), width, "  │ ")
    yield f"  {reader.say('card.difference_legend')}"


def _speakers(reply: Reply, reader: Reader, width: int) -> Iterator[str]:
    found = lines.speakers(reply.answers)
    if len(found) < lines.MANY:
        return
    names = [
        f"{mrkdwn.collapse(name)} ({catalogue.number(count, reader.locale)})" for name, _, count in found
    ]
    yield ""
    yield from _wrap(f"{reader.say('card.speakers')}: {', '.join(names)}", width)


def _aside(name: str, answers: tuple[Answer, ...], reader: Reader, width: int) -> Iterator[str]:
    if not answers:
        return
    yield ""
    yield reader.say(f"card.{name}")
    yield f"  {reader.say(f'card.{name}_note')}"
    for answer in answers[:_ASIDE]:
        yield from _answer(answer, reader, width, apart=name == "narration")
    if len(answers) > _ASIDE:
        yield reader.say("card.and_more", count=len(answers) - _ASIDE)


def _sections(reply: Reply, reader: Reader, width: int) -> Iterator[str]:
    for section in reply.sections:
        yield ""
        if section.title:
            yield reader.phrase(section.title)
        for entry in section.lines:
            yield from _wrap(reader.phrase(entry), width, "  ")


def _choices(reply: Reply, reader: Reader) -> Iterator[str]:
    if not reply.choices:
        return
    yield ""
    yield reader.say("card.try" if reply.sections else "card.choose")
    yield from (f"  {mrkdwn.collapse(choice)}" for choice in reply.choices)


def _wrap(text: str, width: int, indent: str = "") -> list[str]:
    """Return wrapped lines; control characters never reach the terminal."""
    shown = mrkdwn.collapse(text)
    return textwrap.wrap(
        shown, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    ) or [indent.rstrip()]
