"""A digest in words: a Reply for `/msc themes` and the terminal, a message with its thread for Slack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.models import Answer, Digest, Phrase, Reply, Section, Theme, ThemeState
from bot.render import lines, mrkdwn
from bot.render.blocks import MOST_TEXT, length
from bot.render.card import card
from bot.render.lines import Reader
from bot.render.state import State

Block = dict[str, Any]
SHOWN = 5  # themes of a digest by default
FEWEST, MOST = 3, 8  # that a channel may choose
_LENGTHS = (900, 500, 250, 120)  # characters of a quotation, tried in turn until the message fits
_TITLE = 200
_FALLBACK = 3_500
_BARS = "▁▂▃▄▅▆▇█"


def reply(digest: Digest, question: str, reader: Reader, most: int = SHOWN) -> Reply:
    """Return the digest as the answer to `/msc themes`."""
    if not digest.themes:
        return Reply(question, digest.skip or Phrase("digest.quiet", {"articles": digest.articles}))
    rest = digest.themes[most:]
    notes = [*notices(digest)]
    if rest:
        titles = [theme.title for theme in rest]
        notes.append(Phrase("digest.more_command", {"count": len(rest), "titles": titles}))
    return Reply(
        question,
        title(digest),
        notes=(counts(digest), *notes),
        sections=tuple(_section(theme, reader) for theme in digest.themes[:most]),
        articles_searched=digest.articles,
    )


def title(digest: Digest) -> Phrase:
    """Return the digest's own title: its day or its days."""
    if digest.first == digest.last:
        return Phrase("digest.title", {"first": digest.first})
    if digest.first.year == 1:
        return Phrase("digest.title_all")
    return Phrase("digest.title_range", {"first": digest.first, "last": digest.last})


def counts(digest: Digest) -> Phrase:
    """Return how much there was to read."""
    values = {"articles": digest.articles, "sources": digest.sources, "quotations": digest.quotations}
    return Phrase("digest.counts", values)


def notices(digest: Digest) -> Iterator[Phrase]:
    """Yield what must be known of the articles: reprints, advertisements, articles without a date."""
    if digest.cut:
        yield Phrase("digest.cut", {"articles": digest.articles})
    for name in ("reprints", "sponsored", "undated"):
        if count := getattr(digest, name):
            yield Phrase(f"digest.{name}", {"count": count})


def state(theme: Theme) -> Phrase:
    """Return the theme's state in one word."""
    return Phrase(f"digest.{theme.state.value}")


def why(theme: Theme) -> Phrase:
    """Return why the theme is there now, in counts and without adjectives."""
    values = {"quotations": theme.quotations, "articles": theme.articles}
    before = sum(theme.counts[:-1])
    if theme.state is ThemeState.NEW or not before:
        return Phrase("digest.why_new", values)
    return Phrase("digest.why_before", values | {"before": before})


def _section(theme: Theme, reader: Reader) -> Section:
    return Section(
        Phrase("digest.theme", {"title": theme.title, "state": state(theme)}),
        (why(theme), *_lines(theme, reader)),
    )


def _lines(theme: Theme, reader: Reader) -> Iterator[Phrase]:
    yield from (_quote(answer, reader) for answer in theme.quotes)
    if pair := theme.disagreement:
        yield Phrase("digest.disagree", {"sign": pair.sign})
        yield from (_quote(answer, reader) for answer in (pair.one, pair.other) if answer not in theme.quotes)
    for fact in theme.facts:
        key = "digest.fact_by" if fact.speaker else "digest.fact"
        yield Phrase(key, {"speaker": fact.speaker, "words": fact.text, "source": _source(fact, reader)})
    if theme.new_voices:
        yield Phrase("digest.new_voices", {"names": list(theme.new_voices)})


def _quote(answer: Answer, reader: Reader) -> Phrase:
    who = ", ".join(p for p in (lines.speaker(answer, reader), answer.role) if p)
    spoken = f"{who}, {lines.how(answer, reader)}"
    return Phrase(
        "digest.quote", {"speaker": spoken, "words": lines.words(answer), "source": _source(answer, reader)}
    )


def _source(answer: Answer, reader: Reader) -> str:
    return ", ".join([lines.title(answer, reader), *lines.source(answer, reader)])


def parent(
    digest: Digest, reader: Reader, most: int = SHOWN, marks: tuple[Phrase, ...] = ()
) -> tuple[str, list[Block]]:
    """Return the digest's own message: header, counts, themes with why now; `marks` say late or missed."""
    shown = digest.themes[:most]
    heading = reader.phrase(title(digest))
    said = [reader.phrase(p) for p in (counts(digest), *notices(digest), *marks)]
    blocks: list[Block] = [
        {"type": "header", "text": mrkdwn.plain(heading)},
        {"type": "context", "elements": [mrkdwn.text(mrkdwn.line(" ".join(said), 2_000))]},
    ]
    blocks += [{"type": "section", "text": mrkdwn.text(_announced(theme, reader))} for theme in shown]
    rest = len(digest.themes) - len(shown)
    feet = [reader.say("digest.more", count=rest)] if rest else []
    feet.append(reader.say("digest.footer"))
    blocks.append({"type": "context", "elements": [mrkdwn.text(mrkdwn.line(" ".join(feet)))]})
    names = "; ".join(f"{n}. {theme.title}: {reader.phrase(why(theme))}" for n, theme in enumerate(shown, 1))
    return mrkdwn.escape(f"{heading}. {names}", _FALLBACK), blocks


def bars(counts: tuple[int, ...]) -> str:
    """Return counts as a row of text bars, for where no picture stands."""
    highest = max(counts, default=0) or 1
    return "".join(_BARS[round(n / highest * (len(_BARS) - 1))] for n in counts)


def _announced(theme: Theme, reader: Reader) -> mrkdwn.Mrkdwn:
    name = mrkdwn.bold(mrkdwn.clip(theme.title, _TITLE))
    head = mrkdwn.join(" · ", name, mrkdwn.line(reader.phrase(state(theme))))
    speakers = dict.fromkeys(a.speaker for a in theme.quotes if a.speaker)
    named = mrkdwn.line(", ".join(speakers), 600)
    before = any(theme.counts[:-1])
    spark = (
        mrkdwn.line(reader.say("digest.why_spark", bars=bars(theme.counts))) if before else mrkdwn.line("")
    )
    return mrkdwn.join("\n", head, mrkdwn.line(reader.phrase(why(theme))), spark, named)


def message(theme: Theme, reader: Reader, buttons: list[Block] | None = None) -> tuple[str, list[Block]]:
    """Return a theme's message in the thread: quotations, disagreement, facts, new voices, its buttons."""
    for longest in _LENGTHS:
        blocks = [*_body(theme, reader, longest)]
        if length(blocks) <= MOST_TEXT:
            break
    while length(blocks) > MOST_TEXT:
        blocks.pop()
    if buttons:
        blocks.append({"type": "actions", "elements": buttons})
    said = "; ".join(f"{lines.speaker(a, reader)}: {lines.words(a)}" for a in theme.quotes)
    return mrkdwn.escape(f"{theme.title}. {reader.phrase(why(theme))} {said}", _FALLBACK), blocks


def _body(theme: Theme, reader: Reader, longest: int) -> Iterator[Block]:
    bare = State()
    yield {"type": "section", "text": mrkdwn.text(_announced(theme, reader))}
    for answer in theme.quotes:
        yield from card(answer, reader, bare, longest, buttons=False)
    if pair := theme.disagreement:
        yield _aside(reader.say("digest.disagree", sign=mrkdwn.clip(pair.sign, 80)))
        for answer in (pair.one, pair.other):
            if answer not in theme.quotes:
                yield from card(answer, reader, bare, longest, buttons=False)
            else:
                name = mrkdwn.clip(lines.speaker(answer, reader), 100)
                yield _aside(f"{name}: {mrkdwn.clip(answer.text, 200)}")
    for fact in theme.facts:
        yield from card(fact, reader, bare, longest // 2, buttons=False)
    if theme.new_voices:
        names = mrkdwn.clip(", ".join(theme.new_voices), 500)
        yield _aside(reader.say("digest.new_voices", names=names))


def _aside(words: str) -> Block:
    return {"type": "context", "elements": [mrkdwn.text(mrkdwn.line(words, 2_000))]}
