"""Questions about articles themselves: which are sponsored, by whom, what their notices say."""

from __future__ import annotations

from bot.models import Answer, Reply
from bot.search import notices, published, replies, showing
from bot.search.answer import flag_answers, mention
from bot.search.plan import Plan
from bot.search.question import Intent
from bot.store import retrieval
from bot.store.reader import Reader


async def asked(reader: Reader, workspace: str, plan: Plan, count: int) -> Reply | None:
    """Return what articles, `count` in all, tell of themselves; None where only their reports answer."""
    if plan.intent is not Intent.SOURCE:
        return None
    if flag := replies.flag_asked(plan.question.topic):
        return replies.flagged(flag_answers(await retrieval.flagged(reader, workspace), flag), count)
    if plan.question.wants == "publisher":
        found = await _by_publisher(reader, workspace, plan)
        return None if found is None else replies.flagged(found, count)
    return replies.flagged(told, count) if (told := await _in_notices(reader, workspace, plan)) else None


async def _by_publisher(reader: Reader, workspace: str, plan: Plan) -> tuple[Answer, ...] | None:
    publisher = published.meant(plan.question.topic, await retrieval.publishers(reader, workspace))
    if publisher is None:
        return None if all(g.known and not g.corrected for g in plan.groups) else ()
    sources = await retrieval.published(reader, workspace, publisher, showing.SHOWN)
    return tuple(mention(source, published.named(source), "publisher") for source in sources)


async def _in_notices(reader: Reader, workspace: str, plan: Plan) -> tuple[Answer, ...]:
    if not notices.hidden(plan.groups):
        return ()
    found = notices.told(await retrieval.flagged(reader, workspace), plan.groups)
    return tuple(mention(source, span, "notice") for source, span in found)[: showing.SHOWN]
