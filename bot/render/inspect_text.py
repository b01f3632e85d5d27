"""The inspected article in a terminal: the same marks and labels as on the page, drawn by rich."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.models import Article, Findings
from bot.render._marks import LAYERS, Mark, lines, marks
from bot.render.inspect import entity_rows, fact_row, quotation_row

_STYLES = {
    "quotation": "blue",
    "cue": "bold magenta",
    "speaker": "bold yellow",
    "fact": "underline green",
    "mention": "italic",
    "noise": "dim strike",
}
_TAGGED = ("quotation", "fact", "noise", "cue", "speaker")


def drawing(article: Article, findings: Findings, explain: Callable[[str], str] = str) -> RenderableType:
    """Return the article with its marks, a legend and the findings below, for a rich console."""
    found = marks(article, findings, explain)
    body: list[RenderableType] = [_legend(), Text()]
    for line in lines(article, found):
        drawn = Text(style="bold" if line.heading else "")
        for piece in line.pieces:
            for mark in piece.opening:
                drawn.append_text(_label(mark))
            style = " ".join(_STYLES[mark.layer] for mark in reversed(piece.marks))
            drawn.append(_visible(piece.text), style or None)
        body += [drawn, Text()]
    return Group(*body, *_tables(article, findings))


def _legend() -> Text:
    return Text("   ").join(Text(title, _STYLES[name]) for name, title in LAYERS.items())


def _label(mark: Mark) -> Text:
    if mark.layer not in _TAGGED:
        return Text()
    return Text(f"[{mark.label}]", f"reverse {_STYLES[mark.layer].replace('underline ', '')}") + Text(" ")


def _visible(text: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join(c if c.isprintable() or c == "\t" else "�" for c in text)


def _tables(article: Article, findings: Findings) -> Iterator[RenderableType]:
    quotations = _table("Quotations", "No.", "Words", "Speaker", "Why")
    for number, quotation in enumerate(findings.quotations, start=1):
        row = quotation_row(number, quotation, article.text)
        why = f"{quotation.reason}; {quotation.speaker_reason}".strip("; ")
        quotations.add_row(row.key.upper(), Text(_visible(row.words)), quotation.speaker or "left open", why)
    facts = _table("Facts", "No.", "Words", "Numbers and dates", "Why")
    for number, fact in enumerate(findings.facts, start=1):
        shown = fact_row(number, fact, article.text)
        values = "; ".join(part for part in (shown.numbers, shown.dates) if part)
        facts.add_row(shown.key.upper(), Text(_visible(shown.words)), Text(values), Text(shown.why))
    entities = _table("Mentions", "Name", "Kind", "Printed as")
    for entity in entity_rows(article, findings):
        entities.add_row(Text(entity.name), entity.kind, Text(_visible(entity.forms)))
    yield from (table for table in (quotations, facts, entities) if table.row_count)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", expand=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
