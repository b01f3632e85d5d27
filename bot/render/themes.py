"""A theme as Slack shows it: title and counts, then quotations each with who said it and where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.models import Answer, Theme
from bot.render import _rich, digest, lines, mrkdwn
from bot.render.lines import Reader

Block = dict[str, Any]

MORE = "digest_more"
TITLE = 200
_REFERENCES = 60  # of further quotations that a button remembers
_BARS = "▁▂▃▄▅▆▇█"


def cards(
    theme: Theme,
    reader: Reader,
    *,
    longest: int,
    quotes: int = 3,
    facts: int = 2,
    number: int | None = None,
    buttons: tuple[Block, ...] = (),
) -> Iterator[Block]:
    """Yield a theme's blocks: up to `quotes` quotations of at most `longest` characters, and `facts`."""
    head = mrkdwn.bold(f"{number}. {_title(theme)}" if number else _title(theme))
    state = mrkdwn.line(reader.phrase(digest.state(theme)))
    yield {"type": "section", "text": mrkdwn.text(mrkdwn.join(" · ", head, state))}
    yield _context(mrkdwn.line(about(theme, reader), 1_000))
    for answer, sign in _voiced(theme, quotes):
        if sign:
            yield _context(mrkdwn.bold(reader.say("digest.disagree", sign=mrkdwn.clip(sign, 80))))
        yield _rich.quote([(mrkdwn.clip(lines.words(answer), longest), "")])
        yield _context(_said(answer, reader))
    for fact in theme.facts[:facts]:
        yield _context(_fact(fact, reader, longest))
    more = further(theme, reader)
    if elements := [*([more] if more else []), *buttons]:
        yield {"type": "actions", "elements": elements}


def about(theme: Theme, reader: Reader) -> str:
    """Return why the theme is there now: counts, text bars of the days before, new voices."""
    parts = [reader.phrase(digest.why(theme))]
    if any(theme.counts[:-1]):
        parts.append(reader.say("digest.why_spark", bars=bars(theme.counts)))
    if theme.new_voices:
        names = mrkdwn.clip(", ".join(theme.new_voices), 300)
        parts.append(reader.say("digest.new_voices", names=names))
    return " ".join(parts)


def bars(counts: tuple[int, ...]) -> str:
    """Return counts as a row of text bars, for where no picture stands."""
    highest = max(counts, default=0) or 1
    return "".join(_BARS[round(n / highest * (len(_BARS) - 1))] for n in counts)


def further(theme: Theme, reader: Reader) -> Block | None:
    """Return the button that shows the theme's other quotations; it remembers where they stand."""
    pair = theme.disagreement
    sides = [(a.source, a.spans) for a in (pair.one, pair.other)] if pair else []
    rest = [a for a in theme.more if a.spans and (a.source, a.spans) not in sides][:_REFERENCES]
    if not rest:
        return None
    places = [[a.article_id, a.spans[0].start] for a in rest]
    value = {"t": mrkdwn.clip(theme.title, TITLE), "q": places}
    text = mrkdwn.plain(reader.say("digest.more_quotations"), 75)
    packed = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return {"type": "button", "action_id": MORE, "text": text, "value": packed}


def _voiced(theme: Theme, most: int) -> list[tuple[Answer, str]]:
    """Return the quotations to show, two that contradict each other first; the first of them has the sign."""
    pair = theme.disagreement
    if pair is None or most < 2:
        return [(answer, "") for answer in theme.quotes[:most]]
    sides = [(pair.one, pair.sign or "≠"), (pair.other, "")]
    heard = {pair.one.speaker, pair.other.speaker}
    return [*sides, *((answer, "") for answer in theme.quotes if answer.speaker not in heard)][:most]


def _title(theme: Theme) -> str:
    return mrkdwn.clip(theme.title, TITLE)


def _said(answer: Answer, reader: Reader) -> mrkdwn.Mrkdwn:
    """Return who said it, in which role, how, and where it stands."""
    name = mrkdwn.bold(mrkdwn.clip(lines.speaker(answer, reader), 200))
    who = mrkdwn.join(", ", name, mrkdwn.line(answer.role or "", 200))
    how = mrkdwn.line(lines.how(answer, reader), 200)
    return mrkdwn.within(1_900, " · ", who, how, *_where(answer, reader))


def _where(answer: Answer, reader: Reader) -> Iterator[mrkdwn.Mrkdwn]:
    yield mrkdwn.link(answer.url, mrkdwn.clip(lines.title(answer, reader), 120))
    yield from (mrkdwn.line(part, 200) for part in lines.source(answer, reader))


def _fact(fact: Answer, reader: Reader, longest: int) -> mrkdwn.Mrkdwn:
    key = "digest.fact_by" if fact.speaker else "digest.fact"
    words = mrkdwn.clip(fact.text, longest)
    said = mrkdwn.line(reader.say(key, speaker=mrkdwn.clip(fact.speaker or "", 200), words=words), 1_200)
    return mrkdwn.within(1_900, " · ", said, *_where(fact, reader))


def _context(words: mrkdwn.Mrkdwn) -> Block:
    return {"type": "context", "elements": [mrkdwn.text(words)]}
