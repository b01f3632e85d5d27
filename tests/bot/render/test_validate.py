"""The judge of Block Kit lets good payloads pass and names each single fault."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.validate import Surface, faults, view_faults

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


@pytest.mark.parametrize("name", VALID)
def test_a_valid_payload_has_no_fault(name: str) -> None:
    surface, blocks = VALID[name]
    assert faults(surface, blocks, "A. Example: “We will stay.”") == []


def test_a_message_of_text_alone_is_valid() -> None:
    assert faults("message", [], "Nobody said it.") == []


@pytest.mark.parametrize(
    "view",
    [
        modal(),
        modal(field(), submit=plain("Search"), close=plain("Cancel"), private_metadata="{}"),
        {"type": "home", "blocks": [section()]},
    ],
)
def test_a_valid_view_has_no_fault(view: Json) -> None:
    assert view_faults(view) == []


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


@pytest.mark.parametrize("text", [None, "", "  \n"])
def test_a_message_without_a_fallback_is_refused(text: str | None) -> None:
    assert "fallback" in faults("message", [section()], text)[0]


def test_a_text_beyond_what_slack_keeps_is_refused() -> None:
    assert "40001" in faults("message", [], "x" * 40001)[0]


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


def _replace(value: Any, path: list[int], odd: Any) -> Any:
    """The value with one of its parts, chosen by numbers, replaced by something odd."""
    if not path or not isinstance(value, dict | list) or not value:
        return odd
    if isinstance(value, list):
        n = path[0] % len(value)
        return [*value[:n], _replace(value[n], path[1:], odd), *value[n + 1 :]]
    key = sorted(value)[path[0] % len(value)]
    return {**value, key: _replace(value[key], path[1:], odd)}


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@given(name=st.sampled_from(sorted(VALID)), path=st.lists(st.integers(0, 9), min_size=1, max_size=7), odd=ODD)
def test_no_payload_however_odd_makes_the_judge_raise(name: str, path: list[int], odd: Any) -> None:
    surface, blocks = VALID[name]
    broken = _replace(blocks, path, odd)
    assert isinstance(faults(surface, broken if isinstance(broken, list) else [broken], "x"), list)
    assert isinstance(view_faults(modal() | {"blocks": broken}), list)
