"""The head between two lines of dashes that Markdown files carry: key: value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_HEAD = 5000
_FENCE = re.compile(r"\s*---[ \t]*\r?\n(?P<body>(?:[^\n]*\n){1,60}?)---[ \t]*(?:\r?\n|$)")
_ENTRY = re.compile(r"^(?P<key>[A-Za-z_]{2,30})[ \t]*:[ \t]*(?P<value>.*?)[ \t\r]*$", re.M)
_KEYS = {
    "title": "title",
    "headline": "title",
    "author": "author",
    "authors": "author",
    "byline": "author",
    "date": "date",
    "published": "date",
    "publisher": "publisher",
    "source": "publisher",
    "publication": "publisher",
    "site": "publisher",
}


class FrontMatter(NamedTuple):
    """Where the head ends and what it says: title, author, date, publisher."""

    end: int
    values: Mapping[str, str]


def read(text: str) -> FrontMatter | None:
    """Return the head of `text`, None where it has none."""
    match = _FENCE.match(text[:_HEAD])
    if not match:
        return None
    values: dict[str, str] = {}
    for entry in _ENTRY.finditer(match["body"]):
        key, value = _KEYS.get(entry["key"].lower()), entry["value"].strip("\"'[] ")
        if key and value:
            values.setdefault(key, value)
    return FrontMatter(match.end(), values)
