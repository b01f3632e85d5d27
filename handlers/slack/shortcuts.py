"""*Who said this?* on a message, and *Search quotes* from anywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import QuestionError
from bot.models import Asker, Phrase
from bot.render import blocks, catalogue, modals, mrkdwn
from bot.render.state import State
from bot.store import overview
from handlers.commands._dispatch import dispatch
from handlers.slack import incoming, modal, outgoing, quoted
from handlers.slack.answers import answer, reader
from handlers.slack.door import Door
from handlers.slack.fitting import fitting
from handlers.slack.incoming import Caller

_NAMES = 2_000  # names that suggestions are chosen from


def register(app: AsyncApp, door: Door) -> None:
    """Listen to both shortcuts and to the search form."""

    @app.shortcut("verify")
    async def verify(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        text = incoming.words((body.get("message") or {}).get("text"))
        door.start(checked(door, client, who, text), client, who)

    @app.shortcut("search")
    async def search(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        door.start(opened(door, client, who), client, who)

    @app.action("home_search")
    async def search_at_home(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        who = incoming.caller(body)
        door.start(opened(door, client, who), client, who)

    @app.options(modals.ABOUT)
    async def suggest(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        asker = await door.asker(client, incoming.caller(body))
        await ack(option_groups=await suggested(door, asker, str(body.get("value") or "")))

    @app.view(modals.FORM)
    async def submitted(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        who = incoming.caller(body)
        asker = await door.asker(client, who)
        question = filled(body)
        if not question:
            words = catalogue.say(Phrase("search_form.nothing"), asker.locale)
            await ack(response_action="errors", errors={modals.WORDS: words})
            return
        waiting = blocks.sentence(catalogue.say(Phrase("search_form.searching"), asker.locale))
        await ack(response_action="update", view=modals.results(waiting[1], reader(asker)))

        async def instead(message: outgoing.Message) -> None:
            await modal.fill(client, who.view, modals.results(message[1], reader(asker)))

        door.start(found(door, client, who, question), client, who, instead)


async def checked(door: Door, client: AsyncWebClient, who: Caller, text: str) -> None:
    """Check what a message quotes, or all of it, as `verify` does, and tell the caller alone."""
    asker = await door.asker(client, who)
    if not text:
        raise QuestionError(catalogue.say(Phrase("shortcut.no_text"), asker.locale))
    found = quoted.claims(text)
    for claim in found[: quoted.MOST]:
        reply = await dispatch(door.services, asker, claim.question)
        if claim.words != text:
            note = Phrase("shortcut.checked", {"words": mrkdwn.clip(claim.words, 300)})
            reply = replace(reply, notes=(note, *reply.notes))
        await outgoing.respond(client, who, blocks.draw(reply, reader(asker, State(claim.question))))
    if len(found) > quoted.MOST:
        left = Phrase("shortcut.not_checked", {"count": len(found) - quoted.MOST})
        await outgoing.respond(client, who, blocks.sentence(catalogue.say(left, asker.locale)))


async def opened(door: Door, client: AsyncWebClient, who: Caller) -> None:
    """Open the search form."""
    asker = await door.asker(client, who)
    await client.views_open(trigger_id=str(who.trigger), view=modals.form(reader(asker)))


async def found(door: Door, client: AsyncWebClient, who: Caller, question: str) -> None:
    """Show the answer in the form's place."""
    asker = await door.asker(client, who)
    _, drawn = await answer(door.services, asker, State(question))
    await modal.fill(client, who.view, modals.results(drawn, reader(asker)))


def filled(body: dict[str, Any]) -> str:
    """Return the question of a submitted form."""
    values = body["view"]["state"]["values"]
    option = (values.get(modals.ABOUT, {}).get(modals.ABOUT) or {}).get("selected_option") or {}
    words = (values.get(modals.WORDS, {}).get(modals.WORDS) or {}).get("value")
    return modals.question(option.get("value"), words or "")


async def suggested(door: Door, asker: Asker, typed: str) -> list[dict[str, Any]]:
    """Return speakers and topics of the workspace that fit what was typed so far."""
    db, workspace = door.services.db, asker.workspace
    glance = await overview.glance(db, workspace, _NAMES)
    speakers = [name for name, _ in glance.quoted]
    topics = [name for name, _ in glance.mentioned]
    return modals.options(fitting(typed, speakers), fitting(typed, topics), reader(asker))
