"""Judges Block Kit before Slack does: everything that a test or the stand-in sends passes through here.

Shapes and limits are in `bot.render._blockkit`; this room holds the rules that see a payload as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from bot.render import _shape
from bot.render._blockkit import MESSAGE, MOST_BLOCKS, SURFACES, VIEWS
from bot.render._elements import ELEMENTS, SUGGESTIONS
from bot.render._shape import Many

Surface = Literal["message", "home", "modal"]
Json = Mapping[str, Any]

INTERACTIVE = frozenset(ELEMENTS.shapes) - {"image"}
"""Types of elements that somebody can use."""

MOST_TEXT = 40_000  # characters of a message's own text; Slack cuts what is beyond
MOST_BLOCK_TEXT = 13_000  # all block text of a message; about 13,200 is answered msg_blocks_too_long
MOST_TABLE_TEXT = 10_000  # all cells of a table


def faults(surface: Surface, blocks: Sequence[Any], text: str | None = None) -> list[str]:
    """Return a sentence for each fault of the blocks on that surface; an empty list means valid.

    A message also needs `text`, the fallback that notifications and screen readers use; a message of text
    alone has no blocks.
    """
    found = list(_message_text(text)) if surface == "message" else []
    if blocks or surface != "message":
        shape = MESSAGE if surface == "message" else Many(SURFACES[surface], MOST_BLOCKS[surface])
        found += _shape.faults(shape, list(blocks), "blocks")
    return found or list(_whole(surface, blocks))


def view_faults(view: Any) -> list[str]:
    """Return a sentence for each fault of a modal or home view, its blocks included."""
    found = list(_shape.faults(VIEWS, view, "view"))
    if found:
        return found
    found = list(_whole(view["type"], view["blocks"]))
    if view["type"] == "modal" and "submit" not in view and any(b["type"] == "input" for b in view["blocks"]):
        found.append("view: submit is missing, and the modal has an input")
    return found


def suggestion_faults(answer: Any) -> list[str]:
    """Return a sentence for each fault of the answer to a `block_suggestion`, an external menu's options."""
    return list(_shape.faults(SUGGESTIONS, answer, "suggestions"))


def _message_text(text: str | None) -> Iterator[str]:
    if not text or not text.strip():
        yield "text: the fallback for notifications and screen readers is missing"
    elif len(text) > MOST_TEXT:
        yield f"text: has {len(text)} characters, at most {MOST_TEXT} are allowed"


def _whole(surface: Surface, blocks: Sequence[Json]) -> Iterator[str]:
    """The rules that hold between blocks; the shape of each is known to be right."""
    yield from _twice("block_id", [b["block_id"] for b in blocks if "block_id" in b], "blocks")
    for number, block in enumerate(blocks):
        yield from _twice("action_id", list(_values(block, "action_id")), f"blocks[{number}]")
    yield from _focus(blocks)
    yield from _tables(blocks)
    if surface == "message":
        yield from _much_text(blocks)


def _twice(name: str, ids: list[str], where: str) -> Iterator[str]:
    for value, count in Counter(ids).items():
        if count > 1:
            yield f"{where}: {name} {value!r} is used {count} times"


def _focus(blocks: Sequence[Json]) -> Iterator[str]:
    if sum(list(_values(blocks, "focus_on_load"))) > 1:
        yield "blocks: focus_on_load is set more than once"


def _tables(blocks: Sequence[Json]) -> Iterator[str]:
    tables = [block for block in blocks if block["type"] == "table"]
    if len(tables) > 1:
        yield f"blocks: {len(tables)} tables, only one is allowed"
    for table in tables:
        if len({len(row) for row in table["rows"]}) > 1:
            yield "table: rows differ in their number of cells"
        if any(not "".join(_words(cell)).strip() for row in table["rows"] for cell in row):
            yield "table: a cell is empty"
        length = sum(map(len, _words(table["rows"])))
        if length > MOST_TABLE_TEXT:
            yield f"table: has {length} characters, at most {MOST_TABLE_TEXT} are allowed"


def _much_text(blocks: Sequence[Json]) -> Iterator[str]:
    length = sum(map(len, _words(blocks)))
    if length > MOST_BLOCK_TEXT:
        yield f"blocks: have {length} characters of text, at most {MOST_BLOCK_TEXT} are allowed"
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > 12_000:
        yield f"blocks: have {markdown} characters of markdown, at most 12000 are allowed"


def _values(value: Any, name: str) -> Iterator[Any]:
    """Every value of the field `name`, at any depth."""
    if isinstance(value, Mapping):
        if name in value:
            yield value[name]
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _values(inner, name)


def _words(value: Any) -> Iterator[str]:
    """Every displayed text, at any depth."""
    return (word for word in _values(value, "text") if isinstance(word, str))
