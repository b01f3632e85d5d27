"""Parse → noun phrases that could name a theme: "mass migration", "European Commission", "war in Ukraine".

A base noun phrase without its leading determiner, pronoun and number, and two of them joined by a
preposition of belonging; RAKE and PKE take the same candidates. Which of them titles a theme is for
`bot.digest` to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Chunk
from spacy.tokens import Token

from bot.extract._nlp import Parsed
from bot.models import Span

LONGEST = 6  # words
_SHED = frozenset(
    {"DET", "PRON", "NUM", "PUNCT", "SYM", "ADP", "CCONJ", "SCONJ", "AUX", "ADV", "SPACE", "PART"}
)
_JOINS = frozenset({"of", "in", "on", "between", "for"})
_HEADS = frozenset({"NOUN", "PROPN"})
_MARKS = frozenset("“”\"'‘’()[]«»")


def keyterms(parsed: Parsed) -> list[Span]:
    """Return the spans of the article's noun phrases in order, each once."""
    found = {
        Span(paragraph.start + start, paragraph.start + end)
        for paragraph in parsed.paragraphs
        for start, end in _phrases(list(paragraph.doc.noun_chunks))
    }
    return sorted(found)


def _phrases(chunks: list[Chunk]) -> Iterator[tuple[int, int]]:
    trimmed = [_trim(chunk) for chunk in chunks]
    for chunk in trimmed:
        if chunk and _names(chunk):
            yield _range(chunk)
    for first, second in zip(trimmed, chunks[1:], strict=False):
        if first and (joined := _join(first, second)):
            yield _range(joined)


def _trim(chunk: Chunk) -> list[Token]:
    """Return the chunk without what only points or counts, and without what stands after its head."""
    tokens = [t for t in chunk if t.i <= chunk.root.i]
    while tokens and (tokens[0].pos_ in _SHED or tokens[0].text in _MARKS or tokens[0].tag_ == "POS"):
        tokens.pop(0)
    after_mark = max((n for n, t in enumerate(tokens) if t.text in _MARKS or t.is_space), default=-1)
    return tokens[after_mark + 1 :]


def _names(tokens: list[Token]) -> bool:
    """Say whether these words can name something: few, with a noun at the end, and no unit of time."""
    head = tokens[-1]
    return (
        len(tokens) <= LONGEST and head.pos_ in _HEADS and head.ent_type_ not in {"DATE", "TIME", "PERCENT"}
    )


def _join(first: list[Token], second: Chunk) -> list[Token]:
    """Return "umbrella of nuclear deterrence" for its two phrases, nothing where they do not belong."""
    rest = _trim(second)
    if not rest or not _names(first) or not _names(rest):
        return []
    between = list(first[0].doc[first[-1].i + 1 : rest[0].i])
    words = [t.lower_ for t in between if t.pos_ != "DET"]
    if len(words) != 1 or words[0] not in _JOINS or len(first) + len(between) + len(rest) > LONGEST:
        return []
    return [*first, *between, *rest]


def _range(tokens: list[Token]) -> tuple[int, int]:
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])
