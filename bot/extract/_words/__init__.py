"""Word lists of the extractors, as data: written by hand, one language, editable."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources


@lru_cache(maxsize=32)
def word_list(name: str) -> frozenset[str]:
    """Return the words of a list: separated by white space, `#` opens a comment."""
    text = resources.files(__name__).joinpath(name).read_text("utf-8")
    return frozenset(word for line in text.splitlines() for word in line.split("#")[0].split())


@cache
def lists(name: str) -> dict[str, frozenset[str]]:
    """Return the word lists of a TOML file of this folder by their names."""
    data = tomllib.loads(resources.files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
    return {key: frozenset(words.split()) for key, words in data.items()}
