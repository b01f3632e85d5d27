"""Payloads with one fault each: the judge names it in one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from bot.render.validate import Surface, faults, suggestion_faults, view_faults
from tests.bot.render.payloads import (
    actions,
    button,
    field,
    image,
    modal,
    mrkdwn,
    option,
    plain,
    rich,
    section,
    select,
    table,
    words,
)

# one fault each: what is wrong, the surface, the blocks, words of the sentence that says so
FAULTS: dict[str, tuple[Surface, list[Any], str]] = {
    "51 blocks": ("message", [section()] * 51, "51 items"),
    "101 blocks in a modal": ("modal", [section()] * 101, "101 items"),
    "101 blocks in a home": ("home", [section()] * 101, "101 items"),
    "no block in a modal": ("modal", [], "0 items"),
    "13,001 characters": ("message", [section("x" * 2600)] * 5 + [section("y")], "13001 characters"),
    "a block that is a string": ("message", ["hello"], "must be an object"),
    "a block without type": ("message", [{"text": mrkdwn()}], "not a block"),
    "an unknown block": ("message", [{"type": "banner"}], "'banner' is not a block"),
    "markdown in a modal": ("modal", [{"type": "markdown", "text": "x"}], "'markdown'"),
    "table in a modal": ("modal", [table(["a"])], "'table'"),
    "alert in a message": ("message", [{"type": "alert", "text": plain()}], "'alert'"),
    "feedback in a home": ("home", [{"type": "context_actions", "elements": []}], "'context_actions'"),
    "an unknown field": ("message", [section(colour="red")], "unknown field 'colour'"),
    "section without text": ("message", [{"type": "section"}], "needs text or fields"),
    "section of 3,001": ("message", [section("x" * 3001)], "3001 characters"),
    "section with empty text": ("message", [section("")], "at least 1"),
    "section with a bare string": ("message", [{"type": "section", "text": "hello"}], "must be an object"),
    "section with markdown text": (
        "message",
        [{"type": "section", "text": {"type": "markdown", "text": "x"}}],
        "'markdown' is not a text",
    ),
    "section with text null": ("message", [{"type": "section", "text": None}], "must be an object"),
    "11 fields": ("message", [section(fields=[mrkdwn()] * 11)], "11 items"),
    "field of 2,001": ("message", [section(fields=[mrkdwn("x" * 2001)])], "2001 characters"),
    "input as accessory": ("message", [section(accessory={"type": "plain_text_input"})], "not an element"),
    "mrkdwn with emoji": (
        "message",
        [{"type": "section", "text": {**mrkdwn(), "emoji": True}}],
        "unknown field 'emoji'",
    ),
    "plain text with verbatim": (
        "message",
        [{"type": "section", "text": {**plain(), "verbatim": True}}],
        "unknown field 'verbatim'",
    ),
    "header in mrkdwn": ("message", [{"type": "header", "text": mrkdwn()}], "'mrkdwn'"),
    "header of 151": ("message", [{"type": "header", "text": plain("x" * 151)}], "151 characters"),
    "header without text": ("message", [{"type": "header"}], "text is missing"),
    "11 things in a context": ("message", [{"type": "context", "elements": [mrkdwn()] * 11}], "11 items"),
    "button in a context": ("message", [{"type": "context", "elements": [button()]}], "'button'"),
    "empty context": ("message", [{"type": "context", "elements": []}], "0 items"),
    "26 buttons": ("message", [actions(*(button(str(n)) for n in range(26)))], "26 items"),
    "no buttons": ("message", [actions()], "0 items"),
    "image among the buttons": ("message", [actions(image())], "'image'"),
    "button text in mrkdwn": ("message", [actions({**button(), "text": mrkdwn()})], "'mrkdwn'"),
    "button text of 76": ("message", [actions({**button(), "text": plain("x" * 76)})], "76 characters"),
    "button value of 2,001": ("message", [actions(button(value="x" * 2001))], "2001 characters"),
    "button with a number as value": ("message", [actions(button(value=7))], "must be a string"),
    "button url of 3,001": (
        "message",
        [actions(button(url="https://example.org/" + "x" * 2981))],
        "3001 characters",
    ),
    "button url without scheme": ("message", [actions(button(url="example.org"))], "not an address"),
    "button url for scripts": ("message", [actions(button(url="javascript:alert(1)"))], "not an address"),
    "button of a wrong style": ("message", [actions(button(style="default"))], "'default' is not one of"),
    "action_id of 256": ("message", [actions(button("x" * 256))], "256 characters"),
    "block_id of 256": ("message", [section(block_id="x" * 256)], "256 characters"),
    "action_id twice in a block": ("message", [actions(button(), button())], "used 2 times"),
    "block_id twice": ("message", [section(block_id="q"), section(block_id="q")], "used 2 times"),
    "confirm without deny": (
        "message",
        [actions(button(confirm={"title": plain(), "text": plain(), "confirm": plain()}))],
        "deny is missing",
    ),
    "101 options": (
        "message",
        [actions(select(options=[option(value=str(n)) for n in range(101)]))],
        "101 items",
    ),
    "no options": ("message", [actions(select(options=[]))], "0 items"),
    "option text of 76": ("message", [actions(select(options=[option("x" * 76)]))], "76 characters"),
    "option value of 151": (
        "message",
        [actions(select(options=[option(value="x" * 151)]))],
        "151 characters",
    ),
    "option in mrkdwn": (
        "message",
        [actions(select(options=[{"text": mrkdwn(), "value": "1"}]))],
        "'mrkdwn'",
    ),
    "options and groups": (
        "message",
        [actions(select(option_groups=[{"label": plain(), "options": [option()]}]))],
        "exactly one",
    ),
    "initial option from elsewhere": (
        "message",
        [actions(select(initial_option=option(value="2")))],
        "not among the options",
    ),
    "placeholder of 151": (
        "message",
        [actions(select(placeholder=plain("x" * 151)))],
        "151 characters",
    ),
    "overflow of 6": (
        "message",
        [actions({"type": "overflow", "options": [option(value=str(n)) for n in range(6)]})],
        "6 items",
    ),
    "11 checkboxes": (
        "message",
        [actions({"type": "checkboxes", "options": [option(value=str(n)) for n in range(11)]})],
        "11 items",
    ),
    "11 radio buttons": (
        "message",
        [actions({"type": "radio_buttons", "options": [option(value=str(n)) for n in range(11)]})],
        "11 items",
    ),
    "a date in words": (
        "message",
        [actions({"type": "datepicker", "initial_date": "14-02-2026"})],
        "not a date",
    ),
    "image without alt_text": (
        "message",
        [{"type": "image", "image_url": "https://example.org/a.png"}],
        "alt_text is missing",
    ),
    "image with empty alt_text": ("message", [image(alt_text="")], "at least 1"),
    "image alt_text of 2,001": ("message", [image(alt_text="x" * 2001)], "2001 characters"),
    "image without address": ("message", [{"type": "image", "alt_text": "Bars"}], "exactly one"),
    "image from a disk": ("message", [image(image_url="file:///tmp/a.png")], "not an http"),
    "two tables": ("message", [table(["a"]), table(["b"])], "only one"),
    "table of 101 rows": ("message", [table(*[["a"]] * 101)], "101 items"),
    "table of 21 columns": ("message", [table(["a"] * 21)], "21 items"),
    "table with an empty cell": ("message", [table(["a", ""])], "at least 1"),
    "table with a blank cell": ("message", [table(["a", " "])], "a cell is empty"),
    "table with ragged rows": ("message", [table(["a", "b"], ["c"])], "differ"),
    "table of 10,001 characters": ("message", [table(["x" * 5000, "y" * 5001])], "10001 characters"),
    "table without rows": ("message", [{"type": "table", "rows": []}], "0 items"),
    "markdown of 12,001": ("message", [{"type": "markdown", "text": "x" * 12001}], "12001 characters"),
    "markdown of 12,001 in two": (
        "message",
        [{"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "y" * 6001}],
        "12001 characters of markdown",
    ),
    "rich text without sections": ("message", [{"type": "rich_text", "elements": [words()]}], "'text'"),
    "rich text with mrkdwn inside": ("message", [rich(mrkdwn())], "'mrkdwn'"),
    "rich text with a wrong style": ("message", [rich(words(style={"loud": True}))], "unknown field 'loud'"),
    "rich text with style as a word": ("message", [rich(words(style="bold"))], "must be an object"),
    "rich text with empty words": ("message", [rich(words(""))], "at least 1"),
    "rich list of bare words": (
        "message",
        [
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [words()]}],
            }
        ],
        "'text'",
    ),
    "rich list of a wrong style": (
        "message",
        [
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_list",
                        "style": "dash",
                        "elements": [{"type": "rich_text_section", "elements": []}],
                    }
                ],
            }
        ],
        "'dash'",
    ),
    "input without label": (
        "modal",
        [{"type": "input", "element": {"type": "plain_text_input"}}],
        "label is missing",
    ),
    "input with a button": ("modal", [field(element=button())], "'button'"),
    "input with a label in mrkdwn": ("modal", [field(label=mrkdwn())], "'mrkdwn'"),
    "text input of more than 3,000": (
        "modal",
        [field(element={"type": "plain_text_input", "max_length": 3001})],
        "3001 is not within",
    ),
    "number as true": (
        "modal",
        [field(element={"type": "external_select", "min_query_length": True})],
        "must be an integer",
    ),
    "focus on two": (
        "modal",
        [
            field(element={"type": "plain_text_input", "focus_on_load": True}),
            field(element={"type": "plain_text_input", "focus_on_load": True}),
        ],
        "more than once",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_payload_with_one_fault_gets_one_sentence_that_names_it(name: str) -> None:
    surface, blocks, sentence = FAULTS[name]
    found = faults(surface, blocks, "A. Example: “We will stay.”")
    assert len(found) == 1, found
    assert sentence in found[0]


VIEW_FAULTS: dict[str, tuple[Any, str]] = {
    "no title": ({"type": "modal", "blocks": [section()]}, "title is missing"),
    "title of 25": (modal(title=plain("x" * 25)), "25 characters"),
    "title in mrkdwn": (modal(title=mrkdwn()), "'mrkdwn'"),
    "submit of 25": (modal(submit=plain("x" * 25)), "25 characters"),
    "close of 25": (modal(close=plain("x" * 25)), "25 characters"),
    "private_metadata of 3,001": (modal(private_metadata="x" * 3001), "3001 characters"),
    "private_metadata as object": (modal(private_metadata={"id": 1}), "must be a string"),
    "callback_id of 256": (modal(callback_id="x" * 256), "256 characters"),
    "external_id of 256": (modal(external_id="x" * 256), "256 characters"),
    "input without submit": (modal(field()), "submit is missing"),
    "home with a title": ({"type": "home", "title": plain(), "blocks": [section()]}, "'title'"),
    "no blocks": (modal() | {"blocks": []}, "0 items"),
    "unknown view": ({"type": "drawer", "blocks": []}, "'drawer' is not a view"),
    "a list": ([section()], "must be an object"),
    "markdown in a modal": (modal({"type": "markdown", "text": "x"}), "'markdown'"),
}


@pytest.mark.parametrize("name", VIEW_FAULTS)
def test_a_view_with_one_fault_gets_one_sentence_that_names_it(name: str) -> None:
    view, sentence = VIEW_FAULTS[name]
    found = view_faults(view)
    assert len(found) == 1, found
    assert sentence in found[0]


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        (None, "suggestions"),
        ({}, "exactly one"),
        ({"options": [option("A")] * 101}, "101"),
        ({"options": [option("A" * 76)]}, "at most 75"),
        ({"option_groups": [{"label": plain("People"), "options": [option("A" * 76)]}]}, "at most 75"),
        ({"options": [option("A")], "more": 1}, "more"),
    ],
)
def test_a_fault_of_suggestions_is_named(answer: Any, named: str) -> None:
    (fault,) = suggestion_faults(answer)
    assert named in fault


def test_good_suggestions_have_no_fault() -> None:
    assert suggestion_faults({"options": []}) == suggestion_faults({"options": [option("A")]}) == []
