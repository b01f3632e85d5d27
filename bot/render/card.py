"""One answer as Slack shows it: who and how, the words, where they stand, what can be done with them."""

from __future__ import annotations

from typing import Any

from bot.models import Answer
from bot.render import _rich, lines, mrkdwn
from bot.render.lines import Reader
from bot.render.state import State, pack_at, place_of

Block = dict[str, Any]
OPTION = 150  # characters of an overflow option's value


def card(answer: Answer, reader: Reader, state: State, longest: int, *, buttons: bool = True) -> list[Block]:
    """Return the blocks of an answer; `longest` is the most characters of its words that are shown."""
    blocks = [
        {"type": "section", "text": mrkdwn.text(_who(answer, reader))},
        _rich.quote([(mrkdwn.clip(lines.words(answer), longest), "")]),
        {"type": "context", "elements": [mrkdwn.text(_where(answer, reader))]},
    ]
    actions = _buttons(answer, reader, state) if buttons else []
    return [*blocks, {"type": "actions", "elements": actions}] if actions else blocks


def brief(answer: Answer, reader: Reader, state: State, longest: int) -> list[Block]:
    """Return an answer that stands apart (narration, nearest): its words, its source, one button."""
    who = [_who(answer, reader)] if answer.speaker else []
    where = {"type": "section", "text": mrkdwn.text(mrkdwn.join("\n", *who, _where(answer, reader)))}
    value = pack_at(state.question, place_of(answer))
    if value:
        where["accessory"] = _button(reader, "context", value, _spoken(answer, reader))
    return [_rich.quote([(mrkdwn.clip(lines.words(answer), longest), "")]), where]


def _who(answer: Answer, reader: Reader) -> mrkdwn.Mrkdwn:
    name = mrkdwn.bold(mrkdwn.clip(lines.speaker(answer, reader), 200))
    role = mrkdwn.line(answer.role or "", 300)
    how = mrkdwn.line(lines.how(answer, reader), 300)
    return mrkdwn.join(" · ", mrkdwn.join(", ", name, role), how)


def _where(answer: Answer, reader: Reader) -> mrkdwn.Mrkdwn:
    title = mrkdwn.link(answer.url, mrkdwn.clip(lines.title(answer, reader), 200))
    parts = (mrkdwn.line(p, 400) for p in lines.source(answer, reader))
    return mrkdwn.within(mrkdwn.SECTION, " · ", title, *parts)


def _buttons(answer: Answer, reader: Reader, state: State) -> list[Block]:
    place = place_of(answer)
    value = pack_at(state.question, place)
    names = ("share", "context") if reader.sharing else ("context",)
    spoken = _spoken(answer, reader)
    found = [] if value is None else [_button(reader, name, value, spoken) for name in names]
    address = mrkdwn.web_address(answer.url)
    if address:
        label = reader.say("button.open")
        found.append({"type": "button", "action_id": "open", "text": mrkdwn.plain(label, 75), "url": address})
    return [*found, *_feedback(answer, reader, place)]


def _spoken(answer: Answer, reader: Reader) -> str:
    """Return which answer a button is of, for who hears it without its surroundings."""
    return mrkdwn.collapse(f"{lines.speaker(answer, reader)}, {lines.title(answer, reader)}")


def _button(reader: Reader, name: str, value: str, spoken: str) -> Block:
    label = reader.say(f"button.{name}")
    return {
        "type": "button",
        "action_id": name,
        "text": mrkdwn.plain(label, 75),
        "value": value,
        "accessibility_label": mrkdwn.clip(f"{label}: {spoken}", 75),
    }


def _feedback(answer: Answer, reader: Reader, place: str) -> list[Block]:
    """Two ways to say that the machine was wrong, behind one small menu so that they don't shout."""
    if answer.kind != "quote" or not reader.feedback:
        return []
    options = []
    for verdict in ("wrong_speaker", "not_quotation"):
        value = pack_at(verdict, place, OPTION)
        if value is None:
            return []
        options.append({"text": mrkdwn.plain(reader.say(f"button.{verdict}"), 75), "value": value})
    return [{"type": "overflow", "action_id": "feedback", "options": options}]
