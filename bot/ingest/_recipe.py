"""Which rules found something: when they change, known articles are read anew."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from bot.extract import Extractor

_HOUSE = Path(__file__).resolve().parent.parent
_RULES = (
    "clean",
    "extract",
    "normalise.py",
    "irregular.py",
    "models/article.py",
    "models/findings.py",
    "store/passages.py",
)


def recipe(extractor: Extractor) -> str:
    """Return a short name for the rules, the model, and the people and terms files together."""
    found = hashlib.sha256(_code())
    for part in (repr(extractor.reference), extractor.model, version("spacy")):
        found.update(part.encode())
    return found.hexdigest()[:16]


@cache
def _code() -> bytes:
    found = hashlib.sha256()
    for name in _RULES:
        path = _HOUSE / name
        for file in [path] if path.is_file() else sorted(path.rglob("*.*")):
            if file.suffix in {".py", ".toml", ".txt"}:
                found.update(file.relative_to(_HOUSE).as_posix().encode())
                found.update(file.read_bytes())
    return found.digest()
