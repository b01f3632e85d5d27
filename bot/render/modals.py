"""The search form, and answers shown in a modal where there is no channel to answer in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.render import mrkdwn
from bot.render.lines import Reader

Block = dict[str, Any]

RESULTS = "results"
FORM = "search_form"
ABOUT = "about"
WORDS = "words"
MOST_OPTIONS = 50  # of each group; Slack takes 100 in all
_LONGEST_QUESTION = 1_000


def form(reader: Reader) -> dict[str, Any]:
    """Return the search form: a speaker or topic, suggested while typing, and words of one's own."""
    about = {
        "type": "input",
        "block_id": ABOUT,
        "optional": True,
        "label": mrkdwn.plain(reader.say("search_form.about")),
        "element": {
            "type": "external_select",
            "action_id": ABOUT,
            "min_query_length": 0,
            "placeholder": mrkdwn.plain(reader.say("search_form.about_hint")),
        },
    }
    words = {
        "type": "input",
        "block_id": WORDS,
        "optional": True,
        "label": mrkdwn.plain(reader.say("search_form.words")),
        "hint": mrkdwn.plain(reader.say("search_form.words_hint")),
        "element": {"type": "plain_text_input", "action_id": WORDS, "max_length": _LONGEST_QUESTION},
    }
    view = _modal(FORM, reader.say("search_form.title"), [about, words], reader)
    return view | {"submit": mrkdwn.plain(reader.say("search_form.submit"), 24)}


def results(blocks: Sequence[Block], reader: Reader, title: str = "search_form.results") -> dict[str, Any]:
    """Return an answer as a modal."""
    return _modal(RESULTS, reader.say(title), list(blocks), reader)


def options(speakers: Sequence[str], topics: Sequence[str], reader: Reader) -> list[dict[str, Any]]:
    """Return the groups of suggestions; a group without any is left out, as Slack refuses it."""
    groups = (("s", "search_form.speakers", speakers), ("t", "search_form.topics", topics))
    return [
        {
            "label": mrkdwn.plain(reader.say(label), 75),
            "options": [
                {"text": mrkdwn.plain(name, 75), "value": f"{kind}:{name}"}
                for name in names[:MOST_OPTIONS]
                if name.strip() and len(name) <= 148
            ],
        }
        for kind, label, names in groups
        if any(name.strip() and len(name) <= 148 for name in names[:MOST_OPTIONS])
    ]


def question(about: str | None, words: str) -> str:
    """Return the complete question of a filled form; empty when nothing was filled in."""
    words = " ".join(words.split())
    kind, _, name = (about or "").partition(":")
    match kind, bool(words):
        case "s", True:
            return f"what did {name} say about {words}"
        case "s", False:
            return f"quotes {name}"
        case "t", True:
            return f"{words} {name}"
        case "t", False:
            return f"quotes about {name}"
        case _:
            return words


def _modal(name: str, title: str, blocks: list[Block], reader: Reader) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": name,
        "title": mrkdwn.plain(title, 24),
        "close": mrkdwn.plain(reader.say("button.close"), 24),
        "blocks": blocks,
    }
