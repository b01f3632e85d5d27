"""A question to a message: the way from what a caller typed or clicked to what Slack shows."""

from __future__ import annotations

from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.models import Asker
from bot.render import blocks, modals
from bot.render.lines import FIRST, Reader
from bot.render.state import State
from bot.services import Services
from handlers.commands._dispatch import dispatch
from handlers.slack import incoming, modal, outgoing
from handlers.slack.incoming import Caller
from handlers.slack.outgoing import Message


def reader(asker: Asker, state: State | None = None) -> Reader:
    """Return for whom it is drawn; without a channel, or with the bot alone, there is nowhere to share."""
    return Reader(
        asker.locale,
        asker.timezone,
        state or State(),
        sharing=not incoming.direct(asker.channel),
        feedback=asker.policy.feedback,
    )


async def answer(services: Services, asker: Asker, state: State) -> Message:
    """Ask the state's question in the asker's workspace and draw the page where the state stands."""
    return (await replied(services, asker, state))[1]


async def replied(services: Services, asker: Asker, state: State) -> tuple[bool, Message]:
    """Return whether articles were searched, and the message: help and the like are no questions to keep.

    Of the first page, which is most of what is ever seen, no other page's words are read.
    """
    first = not (state.page or state.speaker or state.article)
    reply = await dispatch(services, replace(asker, window=FIRST) if first else asker, state.question)
    return reply.articles_searched > 0, blocks.draw(reply, reader(asker, state))


async def shown(client: AsyncWebClient, who: Caller, asker: Asker, message: Message) -> None:
    """Show an answer where the click happened: in the message's place, in the modal, or over the home."""
    view = modals.results(message[1], reader(asker))
    match who.surface:
        case "modal":
            await modal.fill(client, who.view, view)
        case "home":
            await modal.over(client, who, view)
        case _:
            await outgoing.respond(client, who, message, replace=True)
