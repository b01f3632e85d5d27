"""A Reply as a Slack message: (text, blocks). Limits and manners as Slack's documentation gives them.

Everything that was asked for comes first; what is not the answer stands apart under its own heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from bot.models import Answer, DiffWord, Reply
from bot.render import _rich, catalogue, filters, lines, mrkdwn, sections, themes
from bot.render.card import brief, card
from bot.render.lines import Reader
from bot.render.state import State, pack

Block = dict[str, Any]

MOST_BLOCKS = 50
MOST_TEXT = 12_500  # Slack refuses from about 13,200 characters in all
FALLBACK = 3_500
_LABEL = 150  # characters of a button, placeholder or option at most
_NAMED = 12  # speakers that the line of names holds
_THEME = 350  # characters of a quotation in a theme's card
_FEW = 3  # themes on a page, up to which each shows three quotations
_LENGTHS = (1_500, 700, 300, 120)  # characters of a quotation, tried in turn until the message fits


def draw(reply: Reply, reader: Reader | None = None) -> tuple[str, list[Block]]:
    """Return the fallback text and the blocks of the reader's page of a reply."""
    reader = reader or Reader(state=State(reply.question))
    text = mrkdwn.escape(lines.summary(reply, reader), FALLBACK)
    for longest in _LENGTHS:
        blocks = list(_message(reply, reader, longest))
        if len(blocks) <= MOST_BLOCKS and (_at_most(blocks) <= MOST_TEXT or length(blocks) <= MOST_TEXT):
            return text, blocks
    return text, _fitted(blocks, reader)


def shared(answer: Answer, question: str, user: str, reader: Reader) -> tuple[str, list[Block]]:
    """Return one answer for a whole channel: who asked what, in plain text; no buttons."""
    note = reader.say("card.shared_by", user=user, question=mrkdwn.clip(mrkdwn.collapse(question), 500))
    blocks = card(answer, reader, State(), _LENGTHS[0], buttons=False)
    blocks.append({"type": "context", "elements": [mrkdwn.text(mrkdwn.line(note))]})
    text = f"{lines.spoken(answer, reader)} ({lines.title(answer, reader)})\n{note}"
    return mrkdwn.escape(text, FALLBACK), blocks


def sentence(words: str, channel: str | None = None) -> tuple[str, list[Block]]:
    """Return one sentence of ours (an error, a note) as a message; `channel` is named where it is another."""
    text = mrkdwn.escape(words, mrkdwn.SECTION)
    if channel:
        text = mrkdwn.join("\n", mrkdwn.channel(channel), text)
    return text, [{"type": "section", "text": mrkdwn.text(text)}]


def length(blocks: Iterable[Block]) -> int:
    """Return the characters of all texts in the blocks, counted as Slack counts them."""
    return sum([_length(block) for block in blocks])


def _at_most(blocks: Iterable[Block]) -> int:
    """Return as many characters as the texts may have, at a tenth of the cost of counting them."""
    return sum([_most(block) for block in blocks])


def _most(block: Block) -> int:
    match block["type"]:
        case "rich_text":
            return sum([len(run.get("text", "")) for part in block["elements"] for run in part["elements"]])
        case "context":
            return sum([len(element.get("text", "")) for element in block["elements"]])
        case "actions":
            return sum([_LABEL * (1 + len(element.get("options", ()))) for element in block["elements"]])
        case "section" if "fields" not in block:
            beside = block.get("accessory", {})
            return len(block["text"]["text"]) + (
                _LABEL * (1 + len(beside.get("options", ()))) if beside else 0
            )
        case "divider":
            return 0
        case _:
            return _length(block)


def _fitted(blocks: list[Block], reader: Reader) -> list[Block]:
    """Return as many blocks as one message holds, and say so where some are left out."""
    if length(blocks) <= MOST_TEXT and len(blocks) <= MOST_BLOCKS:
        return blocks
    kept = blocks[: MOST_BLOCKS - 1]
    while length(kept) > MOST_TEXT:
        kept.pop()
    return [*kept, _context(mrkdwn.line(reader.say("card.cut")))]


def _length(value: Any) -> int:
    """Return the characters of the texts in a block or a part of one."""
    if type(value) is list:
        return sum([_length(v) for v in value if type(v) is dict or type(v) is list])
    total = 0
    for name, found in value.items():
        kind = type(found)
        if kind is str:
            if name == "text":
                total += len(found)
        elif name == "text" and kind is dict:
            total += len(found["text"])
        elif kind is dict or kind is list:
            total += _length(found)
    return total


def _message(reply: Reply, reader: Reader, longest: int) -> Iterator[Block]:
    chosen = lines.narrowed(reply, reader.state)
    page, shown = lines.page_of(chosen.answers, reader.state.page)
    state = replace(reader.state, question=reader.state.question or reply.question, page=page)
    yield from _head(reply, reader)
    yield from _difference(reply.diff, reader)
    if page == 0:
        yield from _speakers(chosen, reader)
    if lines.instead(reply):
        yield {"type": "divider"}
        yield _section(mrkdwn.bold(reader.say("card.instead")))
    for answer in shown:
        yield {"type": "divider"}
        yield from card(answer, reader, state, longest)
    total = len(chosen.answers) + len(chosen.further)
    yield from _pager("page", total, len(shown), lines.PAGE, reader, state)
    yield from filters.menus(reply, reader, state.question)
    if page == 0 and state.speaker is None and state.article is None:
        yield from _asides(reply, reader, state, min(longest, 500))
    yield from _themes(reply, reader, state)
    if not reply.themes:
        yield from _sections(reply, reader)
    yield from _choices(reply, reader)


def _head(reply: Reply, reader: Reader) -> Iterator[Block]:
    parts = [mrkdwn.bold(reader.phrase(reply.headline))]
    if reply.verdict is not None:
        parts.append(mrkdwn.line(reader.say(f"card.verdict_{'yes' if reply.verdict else 'no'}")))
    if reply.themes:
        yield {"type": "header", "text": mrkdwn.plain(reader.phrase(reply.headline))}
    else:
        yield _section(mrkdwn.within(mrkdwn.SECTION, "\n", *parts))
    notes = [mrkdwn.line(reader.phrase(n), 400) for n in lines.notes(reply, reader)[: lines.NOTES]]
    if notes:
        yield {"type": "context", "elements": [mrkdwn.text(n) for n in notes]}


def _difference(diff: tuple[DiffWord, ...], reader: Reader) -> Iterator[Block]:
    """The words that differ, told apart by signs and by style: readable without colour."""
    if not lines.differs(diff):
        return
    yield _section(mrkdwn.bold(reader.say("card.difference")))
    yield _rich.quote(_diff_runs(diff[: lines.DIFFERENCE]))
    yield _context(mrkdwn.line(reader.say("card.difference_legend")))


def _diff_runs(diff: tuple[DiffWord, ...]) -> Iterator[_rich.Run]:
    styles = {"missing": "strike", "added": "bold"}
    for number, word in enumerate(diff):
        yield f"{' ' if number else ''}{lines.marked(word)}", styles.get(word.op, "")


def _speakers(reply: Reply, reader: Reader) -> Iterator[Block]:
    """Who is quoted, when many are: one line of names with how often, most quoted first."""
    found = lines.speakers((*reply.answers, *reply.further))
    if len(found) < lines.MANY:
        return
    often = found[0][2] > 1
    runs: list[_rich.Run] = [(reader.say("card.speakers" if often else "card.speakers_once") + ": ", "")]
    for number, (name, _, count) in enumerate(found[:_NAMED]):
        times = f" ({catalogue.number(count, reader.locale)})" if often else ""
        runs += [(", " if number else "", ""), (mrkdwn.clip(name, 100), "bold"), (times, "")]
    if len(found) > _NAMED:
        runs.append((f" {reader.say('card.and_more', count=len(found) - _NAMED)}", "italic"))
    yield _rich.paragraph(runs)


def _pager(key: str, total: int, shown: int, size: int, reader: Reader, state: State) -> Iterator[Block]:
    if total <= size:
        return
    first = state.page * size + 1
    yield _context(mrkdwn.line(reader.say(f"card.{key}", first=first, last=first + shown - 1, total=total)))
    if not state.question:
        return
    turns = []
    if state.page > 0:
        turns.append(_turn("page_back", "previous", replace(state, page=state.page - 1), reader))
    if first + shown <= total:
        turns.append(_turn("page_on", "more", replace(state, page=state.page + 1), reader))
    elements = [t for t in turns if t]
    if elements:
        yield {"type": "actions", "elements": elements}


def _turn(action: str, label: str, state: State, reader: Reader) -> Block | None:
    value = pack(state)
    if value is None:
        return None
    text = mrkdwn.plain(reader.say(f"button.{label}"), 75)
    return {"type": "button", "action_id": action, "text": text, "value": value}


def _asides(reply: Reply, reader: Reader, state: State, longest: int) -> Iterator[Block]:
    for name, answers in (("narration", reply.narration), ("nearest", reply.nearest)):
        if not answers:
            continue
        yield {"type": "divider"}
        yield _section(mrkdwn.bold(reader.say(f"card.{name}")))
        yield _context(mrkdwn.line(reader.say(f"card.{name}_note")))
        for answer in answers[: lines.ASIDE]:
            yield from brief(answer, reader, state, longest)
        more = len(answers[lines.ASIDE :]) + (reply.asides if name == "narration" else 0)
        if more:
            yield _context(mrkdwn.line(reader.say("card.and_more", count=more)))


def _themes(reply: Reply, reader: Reader, state: State) -> Iterator[Block]:
    """Themes as cards, a page at a time: with many of them each shows fewer quotations."""
    if not reply.themes:
        return
    size = min(reply.themes_shown, lines.PAGE)
    page = min(state.page, (len(reply.themes) - 1) // size)
    shown = reply.themes[page * size : (page + 1) * size]
    for number, theme in enumerate(shown, page * size + 1):
        yield {"type": "divider"}
        yield from themes.cards(
            theme,
            reader,
            longest=_THEME,
            quotes=3 if len(shown) <= _FEW else 2,
            facts=0 if theme.disagreement else 1,
            number=number,
        )
    if len(reply.themes) > size:
        yield {"type": "divider"}
        yield from _pager(
            "theme_page", len(reply.themes), len(shown), size, reader, replace(state, page=page)
        )


def _sections(reply: Reply, reader: Reader) -> Iterator[Block]:
    for section in reply.sections[:15]:
        yield sections.draw(section, reader)


def _choices(reply: Reply, reader: Reader) -> Iterator[Block]:
    """Complete questions to ask instead, as buttons."""
    buttons = []
    for number, question in enumerate(reply.choices[:8]):
        value = pack(State(question))
        if value:
            text = mrkdwn.plain(question, 75)
            buttons.append({"type": "button", "action_id": f"ask_{number}", "text": text, "value": value})
    if buttons:
        key = "card.try" if reply.sections else "card.choose"
        yield _section(mrkdwn.bold(reader.say(key)))
        yield {"type": "actions", "elements": buttons}


def _section(words: mrkdwn.Mrkdwn) -> Block:
    return {"type": "section", "text": mrkdwn.text(words)}


def _context(words: mrkdwn.Mrkdwn) -> Block:
    return {"type": "context", "elements": [mrkdwn.text(words)]}
