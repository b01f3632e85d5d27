"""The passage around a quotation as a modal: its words in bold, the neighbours one click away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.models import Article, Span, named
from bot.render import _rich, catalogue, mrkdwn
from bot.render.lines import Reader
from bot.render.state import State, pack

Block = dict[str, Any]

AROUND = 450  # characters shown before and after the quotation, to the border of a paragraph if one is near
_MARKED = 300  # characters of the words in bold that are told once more
LONGEST = 2_800  # of a rich_text run; Slack names no figure for it, so a section's is kept
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Place:
    """A quotation in its article, and the states of its neighbours."""

    article: Article
    spans: tuple[Span, ...]
    speaker: str | None = None
    earlier: State | None = None
    later: State | None = None


def loading(reader: Reader) -> dict[str, Any]:
    """Return the modal that opens at once, before anything is read: a trigger lives three seconds."""
    words = mrkdwn.line(reader.say("context.loading"))
    return _view([{"type": "section", "text": mrkdwn.text(words)}], reader)


def message(blocks: Sequence[Block], reader: Reader) -> dict[str, Any]:
    """Return the modal with something else than a passage: what went wrong and what to do."""
    return _view(list(blocks), reader)


def draw(place: Place, reader: Reader) -> dict[str, Any]:
    """Return the modal's view."""
    article = place.article
    title = mrkdwn.clip(named(article.title, article.source), 250)
    day = catalogue.day(article.published, reader.locale) if article.published else reader.say("card.no_date")
    speaker = reader.say("context.by", speaker=place.speaker) if place.speaker else ""
    details = [mrkdwn.line(p, 300) for p in (article.publisher or "", day, speaker) if p]
    blocks: list[Block] = [
        {"type": "section", "text": mrkdwn.text(mrkdwn.join("", mrkdwn.link(article.url, title)))},
        {"type": "context", "elements": [mrkdwn.text(mrkdwn.join(" · ", *details))]},
        _rich.paragraph(passage(article.text, place.spans)),
        {"type": "context", "elements": [mrkdwn.text(_marked(place, reader))]},
    ]
    turns = [
        {
            "type": "button",
            "action_id": f"context_{name}",
            "text": mrkdwn.plain(reader.say(f"button.{name}"), 75),
            "value": value,
        }
        for name, state in (("earlier", place.earlier), ("later", place.later))
        if state and (value := pack(replace(state, question="")))
    ]
    if turns:
        blocks.append({"type": "actions", "elements": turns})
    return _view(blocks, reader)


def _marked(place: Place, reader: Reader) -> mrkdwn.Mrkdwn:
    """Return which words are in bold, for whoever does not see that."""
    words = " […] ".join(" ".join(span.of(place.article.text).split()) for span in place.spans)
    return mrkdwn.line(reader.say("context.bold", words=mrkdwn.clip(words, _MARKED)), 600)


def passage(text: str, spans: Sequence[Span]) -> list[_rich.Run]:
    """Return the text around the spans as runs, verbatim, what was quoted in bold."""
    first, last = spans[0].start, spans[-1].end
    start, end = _before(text, first), _after(text, last)
    found: list[_rich.Run] = [(f"{mrkdwn.CUT} ", "")] if start > 0 else []
    at = start
    for span in spans:
        found += [(text[at : span.start], ""), (_bounded(span.of(text)), "bold")]
        at = span.end
    return [*found, (text[at:end], ""), *([(f" {mrkdwn.CUT}", "")] if end < len(text) else [])]


def _bounded(words: str) -> str:
    return mrkdwn.clip(words, LONGEST)


def _before(text: str, position: int) -> int:
    """Return where to begin: at the start of a paragraph, or at a word when none is near."""
    floor = max(0, position - AROUND)
    if floor == 0:
        return 0
    borders = [m.end() for m in _PARAGRAPH.finditer(text, floor, position)]
    space = text.find(" ", floor, position)
    return borders[0] if borders else space + 1 if space >= 0 else floor


def _after(text: str, position: int) -> int:
    """Return where to end: at the end of a paragraph, or at a word when none is near."""
    ceiling = min(len(text), position + AROUND)
    if ceiling == len(text):
        return ceiling
    borders = [m.start() for m in _PARAGRAPH.finditer(text, position, ceiling)]
    space = text.rfind(" ", position, ceiling)
    return borders[-1] if borders else space if space >= 0 else ceiling


def _view(blocks: list[Block], reader: Reader) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "context",
        "title": mrkdwn.plain(reader.say("context.title"), 24),
        "close": mrkdwn.plain(reader.say("button.close"), 24),
        "blocks": blocks,
    }
