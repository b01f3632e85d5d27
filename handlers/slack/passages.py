"""From what a button remembers to the passage in the workspace's article, or the sentence that it is gone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import QuestionError
from bot.models import Article, Asker, Phrase, Span
from bot.render import catalogue
from bot.render.context import Place
from bot.render.state import State, named
from bot.services import Services
from bot.store import StoredArticle, StoredQuotation, articles, findings


async def place(services: Services, asker: Asker, state: State) -> Place:
    """Return the passage that the state names, with its neighbours; raises QuestionError when it is gone.

    Only articles of the asker's workspace are looked at, whatever the state says.
    """
    stored = await articles.get(services.db, asker.workspace, state.article or 0)
    if stored is None:
        raise gone(asker)
    quotations = await findings.quotations_of(services.db, asker.workspace, stored.id)
    quotations.sort(key=lambda q: q.quotation.content[0].start)
    spans = await _spans(services, asker, stored, quotations, state)
    if spans is None:
        raise gone(asker)
    article = stored.article
    earlier = [q for q in quotations if q.quotation.content[0].start < spans[0].start]
    later = [q for q in quotations if q.quotation.content[0].start > spans[0].start]
    speaker = next((q.quotation.speaker for q in quotations if q.quotation.content == spans), None)
    return Place(
        article=article,
        spans=spans,
        speaker=speaker,
        earlier=_state(stored, earlier[-1]) if earlier else None,
        later=_state(stored, later[0]) if later else None,
    )


def gone(asker: Asker) -> QuestionError:
    """Return the error for a passage that is no longer there, or never was in this workspace."""
    return QuestionError(catalogue.say(Phrase("context.gone"), asker.locale))


async def _spans(
    services: Services,
    asker: Asker,
    stored: StoredArticle,
    quotations: Sequence[StoredQuotation],
    state: State,
) -> tuple[Span, ...] | None:
    """Return the spans of what the state names: a quotation, a fact, narration or a flag."""
    match state.kind:
        case "quote":
            known = [q.quotation.content for q in quotations]
        case "fact":
            facts = await findings.facts_of(services.db, asker.workspace, stored.id)
            known = [(f.fact.content,) for f in facts]
        case _:
            article = stored.article
            known = [(s,) for s in (*stored.sentences, *article.headings, *(f.span for f in article.flags))]
    here = [spans for spans in known if spans[0].start == state.begin]
    return next((s for s in here if words(stored.article, s, state.kind or "").check == state.check), None)


def words(article: Article, spans: Sequence[Span], kind: str) -> State:
    """Return the state of a passage; its text is joined as an answer's is."""
    return named("", 0, kind, spans, " […] ".join(s.of(article.text) for s in spans))


def _state(stored: StoredArticle, quotation: StoredQuotation) -> State:
    spans = quotation.quotation.content
    text = " […] ".join(s.of(stored.article.text) for s in spans)
    return named("", stored.id, "quote", spans, text)
