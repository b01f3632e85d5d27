"""Article and findings → one self-contained HTML page on which a person can judge an extraction by looking.

Everything is inline: no script, style, font or picture comes from elsewhere. The terminal writes the page to
a file, the web door serves it; with `editable` it carries small forms that send corrections back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.environment import Template

from bot.models import Article, DateMention, Fact, Findings, Quantity, Quotation
from bot.render._marks import LAYERS, fact_reason, lines, marks


@dataclass(frozen=True, slots=True)
class QuotationRow:
    """A quotation as the table below the article shows it."""

    key: str
    words: str
    start: int
    end: int
    quotation: Quotation
    cue: str
    mention: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact as the table below the article shows it."""

    key: str
    words: str
    numbers: str
    dates: str
    why: str


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity with its forms in the article and how often each stands there."""

    name: str
    kind: str
    forms: str
    count: int


def page(
    article: Article,
    findings: Findings,
    *,
    editable: bool,
    explain: Callable[[str], str] = str,
    action: str = "corrections",
    token: str = "",
) -> str:
    """Return the page; `explain` words a rule of cleaning, `action` and `token` go into the forms."""
    file = article.url or PurePath(article.source).name
    found = marks(article, findings, explain)
    counts = Counter(mark.layer for mark in found)
    counts["quotation"] = len(findings.quotations)
    return _template().render(
        article=article,
        name=article.title or file,
        file=file if article.title else "",
        lines=list(lines(article, found)),
        layers=[(name, title, counts[name]) for name, title in LAYERS.items()],
        quotations=[quotation_row(n, q, article.text) for n, q in enumerate(findings.quotations, 1)],
        facts=[fact_row(n, f, article.text) for n, f in enumerate(findings.facts, 1)],
        entities=entity_rows(article, findings),
        people=findings.people,
        noise=[(f"n{n}", m, explain(m.rule)) for n, m in enumerate(article.masks, 1)],
        editable=editable,
        action=action,
        token=token,
    )


@cache
def _template() -> Template:
    loader = PackageLoader("bot.render", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("inspect.html")


def quotation_row(number: int, quotation: Quotation, text: str) -> QuotationRow:
    """Return a quotation with its slices, for a table."""
    return QuotationRow(
        key=f"q{number}",
        words=" […] ".join(span.of(text) for span in quotation.content),
        start=quotation.content[0].start,
        end=quotation.content[-1].end,
        quotation=quotation,
        cue=quotation.cue.of(text) if quotation.cue else "",
        mention=quotation.speaker_span.of(text) if quotation.speaker_span else "",
    )


def fact_row(number: int, fact: Fact, text: str) -> FactRow:
    """Return a fact with its numbers and dates in words, for a table."""
    return FactRow(
        key=f"f{number}",
        words=fact.content.of(text),
        numbers="; ".join(_number(quantity) for quantity in fact.quantities),
        dates="; ".join(_date(mention, text) for mention in fact.dates),
        why=fact_reason(fact),
    )


def entity_rows(article: Article, findings: Findings) -> list[EntityRow]:
    """Return the mentioned entities, the most frequent first."""
    forms: dict[tuple[str, str], Counter[str]] = {}
    for mention in findings.mentions:
        key = (mention.entity, mention.kind.value)
        forms.setdefault(key, Counter())[mention.span.of(article.text)] += 1
    rows = [
        EntityRow(
            name, kind, ", ".join(f"{form} ×{n}" for form, n in found.most_common()), sum(found.values())
        )
        for (name, kind), found in forms.items()
    ]
    return sorted(rows, key=lambda row: (-row.count, row.name))


def _number(quantity: Quantity) -> str:
    upper = f" to {quantity.value_max:,g}" if quantity.value_max is not None else ""
    parts = [quantity.comparator, f"{_plain(quantity.value)}{upper}", quantity.unit, quantity.baseline]
    return " ".join(part for part in parts if part)


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def _date(mention: DateMention, text: str) -> str:
    printed = mention.span.of(text)
    return printed if printed == mention.normalized else f"{printed} = {mention.normalized}"


__all__ = ["entity_rows", "fact_row", "page", "quotation_row"]
