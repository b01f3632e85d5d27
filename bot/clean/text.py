"""Text → Article fields: every rule in its order over the blocks. The text itself is never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.clean import datelines, dates, front_matter, headings, labels, publishers, repeats, wording
from bot.clean.blocks import Block, blocks_of
from bot.clean.bylines import bylines
from bot.clean.credits import credits_of
from bot.clean.flags import flags
from bot.models import Flag, Mask, Span

_DATE_BLOCKS = 10
_DATELINE_BLOCKS = 3


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
    taken = {i: "front matter" for i, block in enumerate(blocks) if front and block.span.start < front.end}
    _by_wording(blocks, taken)
    published = _dates(blocks, taken)
    byline = bylines(blocks, taken)
    taken |= byline.marked
    credit = credits_of(blocks, taken, byline.authors)
    taken |= credit.marked
    again = repeats.repeats(blocks, taken)
    taken |= {r.block: "repeated" for r in again if r.block is not None}
    paper = publishers.publisher(blocks, taken)
    taken |= {paper[0]: "publisher"} if paper else {}
    heads = headings.headings(blocks, taken)
    line = _dateline(blocks, taken, {i for i, _ in heads})
    within = [Mask(r.span, "repeated") for r in again if r.block is None] + list(_markup(blocks, heads))
    values = front.values if front else {}
    return Reading(
        title=values.get("title") or headings.title(text, blocks, heads),
        publisher=values.get("publisher")
        or (paper[1] if paper else None)
        or (line.agency if line else None)
        or byline.agency,
        authors=((values["author"],) if "author" in values else ()) or byline.authors or credit.authors,
        published=dates.printed(values.get("date", "").lower()) or published or (line.date if line else None),
        headings=tuple(span for _, span in heads),
        masks=_masks(blocks, taken, within, line),
        flags=flags(blocks, list(taken)),
    )


def _by_wording(blocks: Sequence[Block], taken: dict[int, str]) -> None:
    """Mark what labels and closed lists know; in the tail of a notice the more telling rule counts."""
    taken |= {i: rule for i, rule in labels.labelled(blocks).items() if i not in taken}
    for i, block in enumerate(blocks):
        rule = wording.rule_for(block) if taken.get(i, "notice") == "notice" else None
        if rule:
            taken[i] = rule


def _masks(
    blocks: Sequence[Block],
    taken: Mapping[int, str],
    within: Sequence[Mask],
    line: datelines.Dateline | None,
) -> tuple[Mask, ...]:
    """Return the ranges to leave out: complete blocks, the file's head as one, parts of blocks."""
    masks = [Mask(blocks[i].span, rule) for i, rule in taken.items() if rule != "front matter"]
    head = [blocks[i].span for i, rule in taken.items() if rule == "front matter"]
    if head:
        masks.append(Mask(Span(head[0].start, head[-1].end), "front matter"))
    masks += within
    if line and not any(mask.span.overlaps(line.span) for mask in masks):
        masks.append(Mask(line.span, "dateline"))
    return tuple(sorted(masks))


def _markup(blocks: Sequence[Block], heads: Sequence[tuple[int, Span]]) -> Iterator[Mask]:
    """Yield the marks before and behind a heading in Markdown."""
    for i, span in heads:
        whole = blocks[i].span
        if whole.start < span.start:
            yield Mask(Span(whole.start, span.start), "markup")
        if span.end < whole.end:
            yield Mask(Span(span.end, whole.end), "markup")


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
