"""Menus that narrow an answer to one speaker or one article; their options are made when they are opened.

In the message they would be most of its size, and few readers open them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.models import Answer, Further, Reply
from bot.render import lines, mrkdwn
from bot.render.lines import Reader
from bot.render.state import BLOCK_ID, State, pack

Block = dict[str, Any]

SPEAKER, ARTICLE = "filter_speaker", "filter_article"
MOST_OPTIONS = 100
_VALUE = 150  # characters of an option's value


def menus(reply: Reply, reader: Reader, question: str) -> list[Block]:
    """Return the block of menus for answers of more than a page, as far as there is a choice.

    A menu brings no value of ours but its option and its block's id, so the question travels in that.
    """
    found: list[Answer | Further] = [*reply.answers, *reply.further]
    block_id = pack(State(question), BLOCK_ID)
    if block_id is None or len(found) <= lines.PAGE:
        return []
    several = {
        SPEAKER: len({a.speaker for a in found} - {None}) > 1,
        ARTICLE: len({a.article_id for a in found}) > 1,
    }
    elements = [_menu(action, reader) for action, there in several.items() if there]
    return [{"type": "actions", "block_id": block_id, "elements": elements}] if elements else []


def options(reply: Reply, action: str, reader: Reader) -> list[Block]:
    """Return what a menu offers: everything first, then each speaker or article once."""
    found = _speakers(reply) if action == SPEAKER else _articles(reply, reader)
    values = {"{}": reader.say("button.filter_none")}
    for name, state in found:
        value = pack(state, _VALUE)
        if name and value:
            values.setdefault(value, name)
    return [{"text": mrkdwn.plain(name, 75), "value": value} for value, name in values.items()]


def _menu(action: str, reader: Reader) -> Block:
    return {
        "type": "external_select",
        "action_id": action,
        "min_query_length": 0,
        "placeholder": mrkdwn.plain(reader.say(f"button.{action}"), 150),
    }


def _speakers(reply: Reply) -> Iterable[tuple[str, State]]:
    return [(name, State(speaker=name)) for name in dict.fromkeys(a.speaker for a in reply.answers) if name]


def _articles(reply: Reply, reader: Reader) -> Iterable[tuple[str, State]]:
    titles = {a.article_id: a for a in reply.answers}
    return [(lines.title(a, reader), State(article=number)) for number, a in titles.items()]
