"""A channel's edition as Slack gets it: the digest's own message, and a message a theme for its thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.models import Answer, Digest, Phrase, Theme
from bot.render import digest as words
from bot.render import lines, mrkdwn, themes
from bot.render.blocks import MOST_TEXT, length
from bot.render.card import card
from bot.render.digest import SHOWN
from bot.render.lines import Reader
from bot.render.state import State

Block = dict[str, Any]
_LENGTHS = (900, 500, 250, 120)  # characters of a quotation, tried in turn until the message fits
_FALLBACK = 3_500
_FURTHER = 8  # quotations of a theme beside those that are shown


def parent(
    digest: Digest, reader: Reader, most: int = SHOWN, marks: tuple[Phrase, ...] = ()
) -> tuple[str, list[Block]]:
    """Return the digest's own message: header, counts, themes with why now; `marks` say late or missed."""
    shown = digest.themes[:most]
    heading = reader.phrase(words.title(digest))
    said = [reader.phrase(p) for p in (words.counts(digest), *words.notices(digest), *marks)]
    blocks: list[Block] = [
        {"type": "header", "text": mrkdwn.plain(heading)},
        {"type": "context", "elements": [mrkdwn.text(mrkdwn.line(" ".join(said), 2_000))]},
    ]
    blocks += [
        {"type": "section", "text": mrkdwn.text(_announced(n, theme, reader))}
        for n, theme in enumerate(shown, 1)
    ]
    rest = len(digest.themes) - len(shown)
    feet = [reader.say("digest.in_thread"), *([reader.say("digest.more", count=rest)] if rest else [])]
    feet.append(reader.say("digest.footer"))
    blocks.append({"type": "context", "elements": [mrkdwn.text(mrkdwn.line(" ".join(feet)))]})
    names = [f"{n}. {theme.title}: {reader.phrase(words.why(theme))}" for n, theme in enumerate(shown, 1)]
    return mrkdwn.escape("\n".join([heading, *names, *feet]), _FALLBACK), blocks


def _announced(number: int, theme: Theme, reader: Reader) -> mrkdwn.Mrkdwn:
    """Return a theme's two lines: title and state, then counts and who is quoted."""
    name = mrkdwn.bold(f"{number}. {mrkdwn.clip(theme.title, themes.TITLE)}")
    head = mrkdwn.join(" · ", name, mrkdwn.line(reader.phrase(words.state(theme))))
    speakers = dict.fromkeys(a.speaker for a in theme.quotes if a.speaker)
    named = mrkdwn.line(", ".join(speakers), 400)
    before = any(theme.counts[:-1])
    spark = mrkdwn.line(themes.bars(theme.counts)) if before else mrkdwn.line("")
    why = mrkdwn.join(" ", mrkdwn.line(reader.phrase(words.why(theme))), spark)
    return mrkdwn.join("\n", head, why, named)


def message(theme: Theme, reader: Reader, buttons: tuple[Block, ...] = ()) -> tuple[str, list[Block]]:
    """Return a theme's message in the thread: quotations, disagreement, facts, new voices, its buttons."""
    for longest in _LENGTHS:
        blocks = list(themes.cards(theme, reader, longest=longest, buttons=buttons))
        if length(blocks) <= MOST_TEXT:
            break
    actions = blocks[-1:] if blocks[-1]["type"] == "actions" else []
    kept = blocks[: len(blocks) - len(actions)]
    while length([*kept, *actions]) > MOST_TEXT:
        kept.pop()
    said = [lines.spoken(answer, reader) for answer in theme.quotes]
    text = "\n".join([f"{theme.title}: {reader.phrase(words.why(theme))}", *said])
    return mrkdwn.escape(text, _FALLBACK), [*kept, *actions]


def counts(digest: Digest, reader: Reader) -> tuple[str, list[Block]]:
    """Return the quotations a day on each theme as text bars: for where no picture may be uploaded."""
    heading = reader.say("digest.chart_title")
    rows = [
        mrkdwn.join(
            " ",
            mrkdwn.line(themes.bars(theme.counts)),
            mrkdwn.bold(mrkdwn.clip(theme.title, 100)),
            mrkdwn.line(reader.say("digest.today", quotations=theme.counts[-1])),
        )
        for theme in digest.themes
        if theme.counts
    ]
    text = mrkdwn.text(mrkdwn.within(mrkdwn.SECTION, "\n", mrkdwn.bold(heading), *rows))
    said = "; ".join(f"{t.title}: {t.counts[-1]}" for t in digest.themes if t.counts)
    return mrkdwn.escape(f"{heading}: {said}", _FALLBACK), [{"type": "section", "text": text}]


def others(rest: Sequence[Theme], reader: Reader) -> tuple[str, list[Block]]:
    """Return the thread's last message: the themes beside those that the channel has chosen to see."""
    heading = reader.say("digest.others", count=len(rest))
    blocks: list[Block] = [{"type": "section", "text": mrkdwn.text(mrkdwn.bold(heading))}]
    for theme in rest:
        name = mrkdwn.bold(mrkdwn.clip(theme.title, themes.TITLE))
        why = mrkdwn.line(reader.phrase(words.why(theme)))
        blocks.append({"type": "context", "elements": [mrkdwn.text(mrkdwn.join(" · ", name, why))]})
    said = "; ".join(theme.title for theme in rest)
    return mrkdwn.escape(f"{heading}: {said}", _FALLBACK), blocks


def further(title: str, answers: tuple[Answer, ...], reader: Reader) -> tuple[str, list[Block]]:
    """Return a theme's other quotations for one reader: ten, and how many there are beside them."""
    heading = reader.say("digest.further", title=mrkdwn.clip(title, themes.TITLE))
    blocks: list[Block] = [{"type": "section", "text": mrkdwn.text(mrkdwn.bold(heading))}]
    for answer in answers[:_FURTHER]:
        blocks += card(answer, replace(reader, sharing=False), State(), _LENGTHS[1])
    if len(answers) > _FURTHER:
        left = reader.say("card.and_more", count=len(answers) - _FURTHER)
        blocks.append({"type": "context", "elements": [mrkdwn.text(mrkdwn.line(left))]})
    said = "\n".join(lines.spoken(a, reader) for a in answers[:_FURTHER])
    while length(blocks) > MOST_TEXT:
        blocks.pop()
    return mrkdwn.escape(f"{heading}\n{said}", _FALLBACK), blocks
