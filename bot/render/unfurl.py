"""The preview of an article's address: its title and its two best quotations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.models import Article, Quotation, QuotationKind, named
from bot.render import _rich, catalogue, mrkdwn
from bot.render.lines import Reader

_MOST = 2
_LONGEST = 400


def draw(article: Article, quotations: Sequence[Quotation], reader: Reader) -> list[dict[str, Any]]:
    """Return the blocks of the preview."""
    title = mrkdwn.clip(named(article.title, article.source), 200)
    day = catalogue.day(article.published, reader.locale) if article.published else reader.say("card.no_date")
    about = mrkdwn.join(" · ", mrkdwn.line(article.publisher or "", 200), mrkdwn.line(day))
    blocks: list[dict[str, Any]] = [
        {"type": "section", "text": mrkdwn.text(mrkdwn.join("\n", mrkdwn.link(article.url, title), about))}
    ]
    for quotation in best(quotations):
        words = " […] ".join(s.of(article.text) for s in quotation.content)
        shown = f"“{words}”" if quotation.kind is QuotationKind.DIRECT else words
        blocks.append(_rich.quote([(mrkdwn.clip(shown, _LONGEST), "")]))
        who = mrkdwn.join(
            ", ", mrkdwn.line(quotation.speaker or "", 200), mrkdwn.line(quotation.role or "", 200)
        )
        blocks.append({"type": "context", "elements": [mrkdwn.text(who)]})
    return blocks


def best(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Return two quotations, by different speakers if there are: the quoted ones first, then the longest."""
    named = [q for q in quotations if q.speaker and q.nested_in is None]
    ranked = sorted(
        named, key=lambda q: (q.kind is not QuotationKind.DIRECT, -sum(s.end - s.start for s in q.content))
    )
    firsts = list({q.speaker: q for q in reversed(ranked)}.values())[::-1]
    return firsts[:_MOST] if len(firsts) >= _MOST else ranked[:_MOST]
