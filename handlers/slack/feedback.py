"""*Wrong speaker?* and *Not a quotation*: kept, seen by admins, once for each user and quotation."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import QuestionError
from bot.models import Correction, Phrase, Span, Verdict
from bot.render import blocks, catalogue
from bot.render.context import Place
from bot.render.state import unpack
from bot.store import corrections, feedback
from handlers.slack import incoming, modal
from handlers.slack.answers import reader
from handlers.slack.door import Door
from handlers.slack.incoming import Caller
from handlers.slack.passages import place


def register(app: AsyncApp, door: Door) -> None:
    """Listen to the small menu beside a quotation."""

    @app.action("feedback")
    async def given(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        door.start(kept(door, client, who, incoming.chosen(incoming.action(body))), client, who)


async def kept(door: Door, client: AsyncWebClient, who: Caller, value: str | None) -> None:
    """Keep the verdict on a quotation of the caller's workspace and thank for it."""
    state = unpack(value)
    asker = await door.asker(client, who)
    if not asker.policy.feedback:
        raise QuestionError(catalogue.say(Phrase("feedback.off"), asker.locale))
    if state.question not in feedback.VERDICTS:
        raise QuestionError(catalogue.say(Phrase("slack.unknown_action"), asker.locale))
    found = await place(door.services, asker, state)
    new = await feedback.add(
        door.services.db, asker, state.question, found.article, found.spans, found.speaker
    )
    if new:
        said = _correction(found, state.question, asker.user)
        await corrections.save(door.services.db, asker.workspace, said, replace=False)
    verdict = Phrase(f"feedback.{state.question}")
    told = Phrase("feedback.kept", {"verdict": verdict}) if new else Phrase("feedback.kept_before")
    thanks = blocks.sentence(catalogue.say(told, asker.locale))
    await modal.told(client, who, thanks, reader(asker))


def _correction(found: Place, verdict: str, user: str | None) -> Correction:
    """What the next ingest does about it; a speaker who is only called wrong is left open."""
    said = Verdict.NOT_QUOTATION if verdict == "not_quotation" else Verdict.SPEAKER
    span = Span(found.spans[0].start, found.spans[-1].end)
    return Correction(found.article.content_hash, span, said, None, user)
