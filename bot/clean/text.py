"""Text → Article fields: every rule in its order over the blocks. The text itself is never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.clean import datelines, dates, front_matter, headings, labels, publishers, repeats, wording
from bot.clean.blocks import Block, blocks_of
from bot.clean.bylines import bylines
from bot.clean.flags import flags
from bot.models import Flag, Mask, Span

_DATE_BLOCKS = 10
_DATELINE_BLOCKS = 3
_TITLE_BLOCKS = 8
_PROSE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules understood of a text."""

    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: date | None
    headings: tuple[Span, ...]
    masks: tuple[Mask, ...]
    flags: tuple[Flag, ...]


def read(text: str) -> Reading:
    """Judge each block of `text`; the masks that come back are sorted and don't overlap."""
    front = front_matter.read(text)
    blocks = blocks_of(text)
    head = [i for i, block in enumerate(blocks) if front and block.span.start < front.end]
    taken = dict.fromkeys(head, "front matter")
    taken |= {i: rule for i, rule in labels.labelled(blocks).items() if i not in taken}
    for i, block in enumerate(blocks):
        rule = wording.rule_for(block) if taken.get(i, "notice") == "notice" else None
        if rule:
            taken[i] = rule
    published = _dates(blocks, taken)
    byline = bylines(blocks, taken)
    taken |= byline.marked
    again = repeats.repeats(blocks, taken)
    taken |= {r.block: "repeated" for r in again if r.block is not None}
    paper = publishers.publisher(blocks, taken)
    if paper:
        taken[paper[0]] = "publisher"
    heads = headings.headings(blocks, taken)
    line = _dateline(blocks, taken, {i for i, _ in heads})
    masks = [Mask(blocks[i].span, rule) for i, rule in taken.items() if rule != "front matter"]
    masks += (
        [Mask(Span(blocks[0].span.start, blocks[len(head) - 1].span.end), "front matter")] if head else []
    )
    masks += [Mask(r.span, "repeated") for r in again if r.block is None]
    masks += _cut(line, masks)
    masks += [
        Mask(Span(blocks[i].span.start, span.start), "markup")
        for i, span in heads
        if span.start > blocks[i].span.start
    ]
    masks += [
        Mask(Span(span.end, blocks[i].span.end), "markup")
        for i, span in heads
        if span.end < blocks[i].span.end
    ]
    values = front.values if front else {}
    title = values.get("title") or (_title(text, blocks, heads) if heads else None)
    return Reading(
        title=title,
        publisher=values.get("publisher") or (paper[1] if paper else None) or (line.agency if line else None),
        authors=((values["author"],) if "author" in values else ()) or byline.authors,
        published=dates.printed(values.get("date", "").lower()) or published or (line.date if line else None),
        headings=tuple(span for _, span in heads),
        masks=tuple(sorted(masks)),
        flags=flags(blocks, list(taken)),
    )


def _dates(blocks: Sequence[Block], taken: dict[int, str]) -> date | None:
    """Mark the lines that hold nothing but a date; return the first, "published" before "updated"."""
    found: list[tuple[bool, int, date]] = []
    for i in range(min(len(blocks), _DATE_BLOCKS)):
        if i in taken:
            continue
        is_line, day = dates.of_line(blocks[i])
        if is_line and not blocks[i].plain.lower().startswith("by "):
            taken[i] = "date line"
        if day:
            found.append(("updated" in blocks[i].plain.lower()[:12], i, day))
    return min(found)[2] if found else None


def _dateline(blocks: Sequence[Block], taken: dict[int, str], heads: set[int]) -> datelines.Dateline | None:
    body = [b for i, b in enumerate(blocks) if i not in taken and i not in heads]
    for block in body[:_DATELINE_BLOCKS]:
        line = datelines.dateline(block)
        if line:
            return line
    return None


def _cut(line: datelines.Dateline | None, masks: Sequence[Mask]) -> list[Mask]:
    if line is None or any(mask.span.overlaps(line.span) for mask in masks):
        return []
    return [Mask(line.span, "dateline")]


def _title(text: str, blocks: Sequence[Block], heads: Sequence[tuple[int, Span]]) -> str | None:
    """Return the headline: a heading before any prose."""
    first, span = heads[0]
    if any(b.words >= _PROSE_WORDS and b.ended for b in blocks[:first]) or first >= _TITLE_BLOCKS:
        return None
    return " ".join(span.of(text).split())
