"""A period's digest as a page to print and hand on (HTML, self-contained) and as Markdown."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.environment import Template

from bot.models import Answer, Digest, Theme
from bot.render import digest as words
from bot.render import lines, mrkdwn
from bot.render.lines import Reader

MORE = 5  # quotations of a theme beside those that a digest shows
SPEAKERS = 20  # in the list at the end
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


@cache
def _template() -> Template:
    rooms = Environment(
        loader=PackageLoader("bot.render"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return rooms.get_template("report.html")


def page(found: Digest, reader: Reader, picture: bytes | None = None, alt: str = "") -> str:
    """Return the report as one HTML page; nothing in it comes from elsewhere."""
    return _template().render(
        heading=reader.phrase(words.title(found)),
        about=about(found, reader),
        themes=found.themes,
        picture=base64.b64encode(picture).decode() if picture else "",
        alt=alt,
        reader=reader,
        spoken=spoken,
        speakers=speakers(found),
        state=lambda theme: reader.phrase(words.state(theme)),
        why=lambda theme: reader.phrase(words.why(theme)),
        who=lambda answer: who(answer, reader),
        words=lines.words,
        title=lambda answer: lines.title(answer, reader),
        link=lambda answer: mrkdwn.web_address(answer.url),
        source=lambda answer: lines.source(answer, reader),
    )


def spoken(theme: Theme) -> list[Answer]:
    """Return the quotations that stand below a theme's disagreement: none of them twice."""
    pair = theme.disagreement
    sides = [(a.source, a.spans) for a in (pair.one, pair.other)] if pair else []
    return [a for a in (*theme.quotes, *theme.more[:MORE]) if (a.source, a.spans) not in sides]


def speakers(found: Digest) -> list[tuple[str, str, int]]:
    """Return (speaker, role, quotations in the report's themes), most quoted first."""
    said = {(a.source, a.spans): a for theme in found.themes for a in (*theme.quotes, *theme.more)}
    return lines.speakers(said.values())[:SPEAKERS]


def about(found: Digest, reader: Reader) -> list[str]:
    """Return how much there was to read, or why there is nothing to report."""
    skip = [found.skip] if found.skip and not found.themes else []
    return [reader.phrase(p) for p in (words.counts(found), *words.notices(found), *skip)]


def who(answer: Answer, reader: Reader) -> str:
    """Return speaker, role and how it was said."""
    parts = [
        ", ".join(p for p in (lines.speaker(answer, reader), answer.role) if p),
        lines.how(answer, reader),
    ]
    return " · ".join(p for p in parts if p)


def markdown(found: Digest, reader: Reader) -> str:
    """Return the report as Markdown; what comes from articles can't change its formatting."""
    return "\n".join(_markdown(found, reader)).rstrip() + "\n"


def _markdown(found: Digest, reader: Reader) -> Iterator[str]:
    yield from (f"# {_plain(reader.phrase(words.title(found)))}", "", " ".join(about(found, reader)), "")
    for theme in found.themes:
        yield from _theme(theme, reader)
    if named := speakers(found):
        yield from (f"## {reader.say('card.speakers')}", "")
        yield from (f"- {_plain(', '.join(p for p in (who_, role) if p))}: {n}" for who_, role, n in named)
        yield ""
    yield f"*{reader.say('digest.footer')}*"


def _theme(theme: Theme, reader: Reader) -> Iterator[str]:
    yield from (f"## {_plain(theme.title)} ({reader.phrase(words.state(theme))})", "")
    yield from (reader.phrase(words.why(theme)), "")
    if pair := theme.disagreement:
        yield from (f"**{_plain(reader.say('digest.disagree', sign=pair.sign))}**", "")
        yield from _said(pair.one, reader)
        yield from _said(pair.other, reader)
    for answer in (*spoken(theme), *theme.facts):
        yield from _said(answer, reader)


def _said(answer: Answer, reader: Reader) -> Iterator[str]:
    yield from (f"**{_plain(who(answer, reader))}**", "")
    yield from (f"> {_plain(lines.words(answer))}", "")
    address = mrkdwn.web_address(answer.url)
    title = _plain(lines.title(answer, reader))
    named = f"[{title}](<{address}>)" if address else title
    yield from (" · ".join([named, *map(_plain, lines.source(answer, reader))]), "")


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", mrkdwn.collapse(text))
