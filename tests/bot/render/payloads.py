"""Block Kit payloads to judge: the pieces, and valid ones by what they are."""

from __future__ import annotations

from typing import Any

from bot.render.validate import Surface

Json = dict[str, Any]


def plain(text: str = "Show context") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "> We will stay.") -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "> We will stay.", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(action_id: str = "context", **more: Any) -> Json:
    return {"type": "button", "text": plain(), "action_id": action_id, **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(text: str = "Speaker", value: str = "1") -> Json:
    return {"text": plain(text), "value": value}


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "who", "options": [option()], **more}


def image(**more: Any) -> Json:
    return {
        "type": "image",
        "image_url": "https://example.org/a.png",
        "alt_text": "Bars of quotations a day",
        **more,
    }


def table(*rows: list[str]) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in rows]}


def rich(*pieces: Json, kind: str = "rich_text_section", **more: Any) -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(pieces), **more}]}


def words(text: str = "We will stay.", **more: Any) -> Json:
    return {"type": "text", "text": text, **more}


def field(**more: Any) -> Json:
    return {
        "type": "input",
        "label": plain("Words"),
        "element": {"type": "plain_text_input", "action_id": "words"},
        **more,
    }


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Context"), "blocks": list(blocks) or [section()], **more}


VALID: dict[str, tuple[Surface, list[Json]]] = {
    "a quotation with its buttons": (
        "message",
        [section(accessory=image()), actions(button(), button("share", value="7", style="primary"))],
    ),
    "every plain block": (
        "message",
        [
            {"type": "header", "text": plain("4 speakers in 3 articles")},
            {"type": "divider"},
            {"type": "context", "elements": [mrkdwn("The Example Times"), image()]},
            image(title=plain("Quotations a day")),
            {"type": "markdown", "text": "**bold**"},
        ],
    ),
    "a table": ("message", [table(["Speaker", "Quotations"], ["A. Example", "4"])]),
    "a table with rich cells": (
        "message",
        [{"type": "table", "rows": [[rich(words())]], "column_settings": [{"align": "right"}]}],
    ),
    "rich text": (
        "message",
        [
            rich(words(style={"bold": True}), {"type": "link", "url": "https://example.org"}),
            rich(words(), kind="rich_text_quote"),
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_list",
                        "style": "bullet",
                        "elements": [{"type": "rich_text_section", "elements": [words()]}],
                    }
                ],
            },
        ],
    ),
    "the same action in two blocks": ("message", [actions(button()), actions(button())]),
    "feedback": (
        "message",
        [
            {
                "type": "context_actions",
                "elements": [
                    {
                        "type": "feedback_buttons",
                        "action_id": "useful",
                        "positive_button": {"text": plain("Good"), "value": "1"},
                        "negative_button": {"text": plain("Bad"), "value": "0"},
                    }
                ],
            }
        ],
    ),
    "a menu with groups": (
        "message",
        [
            actions(
                {
                    "type": "static_select",
                    "action_id": "who",
                    "option_groups": [{"label": plain("Speakers"), "options": [option()]}],
                    "initial_option": option(),
                },
                {"type": "overflow", "action_id": "more", "options": [option()]},
            )
        ],
    ),
    "a form": (
        "modal",
        [
            field(),
            field(element=select()),
            field(element={"type": "external_select", "min_query_length": 1}),
            {"type": "alert", "text": plain("Read only"), "level": "info"},
        ],
    ),
    "a home": ("home", [section(fields=[mrkdwn(), plain()]), actions(button())]),
    "fifty blocks": ("message", [section()] * 50),
    "a hundred blocks in a modal": ("modal", [section()] * 100),
}
