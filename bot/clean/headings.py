"""Headline and subheadings by shape: short, without a sentence's end, with text below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.clean.blocks import Block
from bot.clean.datelines import dateline
from bot.models import Span
from bot.normalise import terms

_WORDS = 18
_TITLE_WORDS = 28
_MARKUP = re.compile(r"^#{1,6}\s+")
_BOLD = re.compile(r"^(\*\*|__)(?P<text>[^*_]{2,200})\1:?$")
_PROSE_WORDS = 12
_SENTENCE_WORDS = 8
_TITLE_BLOCKS = 16
_SHARED_TERMS = 3
_SENTENCES = re.compile(r"\b[^\W\d_]{3,}[.!?]['\"”’]* +[A-Z“\"]")
_MARKS = re.compile(r"[?!] |[?!]?\".*[?!]|[?!]\"")
_SPEAKER = re.compile(r"(?:[A-Z][A-Z.' -]{1,30}|[QA]): ")


def headings(blocks: Sequence[Block], taken: Mapping[int, str]) -> list[tuple[int, Span]]:
    """Return index and range of each heading among the blocks that are left, the headline first.

    Text that repeats, though left out, is still text below a heading. What stands above the first
    paragraph of prose is a heading by its shape alone.
    """
    free = [i for i in range(len(blocks)) if taken.get(i, "repeated") == "repeated"]
    prose = next((i for i in free if _is_prose(blocks[i])), -1)
    found: list[tuple[int, Span]] = []
    for n, i in enumerate(free):
        if i in taken:
            continue
        below = blocks[free[n + 1]] if n + 1 < len(free) else None
        marked = _marked(blocks[i])
        if marked:
            found.append((i, marked))
        elif below and (
            _is_heading(blocks[i], below, head=i < prose or n == 0)
            or (n == 0 and _is_headline(blocks[i], below))
        ):
            found.append((i, blocks[i].span))
    return found


def title(text: str, blocks: Sequence[Block], heads: Sequence[tuple[int, Span]]) -> str | None:
    """Return the headline: of the headings above the prose the first that is no label of a section."""
    prose = next((i for i, b in enumerate(blocks) if _is_prose(b) and i not in dict(heads)), len(blocks))
    above = [span for i, span in heads if i < min(prose, _TITLE_BLOCKS)]
    if not above:
        return None
    words = [len(span.of(text).split()) for span in above]
    chosen = 0 if words[0] >= 3 else next((n for n, count in enumerate(words) if count > 3), 0)
    return " ".join(above[chosen].of(text).split())


def _is_prose(block: Block) -> bool:
    return (block.words >= _SENTENCE_WORDS and block.ended) or block.words > _TITLE_WORDS


def _marked(block: Block) -> Span | None:
    """Return the range of a heading that says so in Markdown, without its marks."""
    start = block.span.start
    hashes = _MARKUP.match(block.text)
    if hashes:
        return Span(start + hashes.end(), block.span.end)
    bold = _BOLD.match(block.text)
    if bold and not bold["text"].rstrip().endswith((".", "”", '"')):
        return Span(start + bold.start("text"), start + bold.end("text"))
    return None


def _is_heading(block: Block, below: Block, *, head: bool) -> bool:
    if block.words > _WORDS or block.is_quotation or block.text[0] in "-*•>|(":
        return False
    if re.search(r"[.,;:…]['\"”’)]*\d?$", block.text):
        return False
    if not any(map(str.isalpha, block.text)) or (
        block.text[0].islower() and not block.gap and block.line > 1
    ):
        return False
    if _SPEAKER.match(block.text) or (block.plain[-1:] in "?!\"'" and _MARKS.search(block.plain)):
        return False
    return below.words >= _PROSE_WORDS or below.ended or (below.words <= _WORDS and (below.gap or head))


def _is_headline(block: Block, below: Block) -> bool:
    """Say whether the first block is a headline in spite of its full stop.

    Agencies print it so: one sentence, in title case, or above a dateline, or with the words that the
    first paragraph repeats.
    """
    if (
        block.words > _TITLE_WORDS
        or block.is_quotation
        or not below.gap
        or _SENTENCES.search(block.text[:-1])
    ):
        return False
    if block.text.isupper() and below.text.isupper():
        return False
    if _in_title_case(block) or dateline(below):
        return True
    content = set(terms(block.text))
    shared = content & set(terms(below.text[:600]))
    return below.words > block.words and len(shared) >= max(_SHARED_TERMS, len(content) / 2)


def _in_title_case(block: Block) -> bool:
    long = [word.lstrip("“\"'‘(") for word in block.text.split() if len(word) > 3]
    return len(long) > 2 and sum(word[:1].isupper() for word in long) >= 0.8 * len(long)
