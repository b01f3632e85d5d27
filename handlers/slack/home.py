"""The App Home: published when it is opened; the Messages tab offers questions to begin with."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.models import Asker, Digest, named
from bot.render import home
from bot.render.home import Admin, Home, Newest
from bot.services import Services
from bot.store import ArticleSummary, articles, asked, feedback, overview
from handlers.commands import help as helping
from handlers.slack import incoming, subscriptions
from handlers.slack.answers import reader
from handlers.slack.door import Door
from handlers.slack.incoming import Caller
from handlers.slack.outgoing import Message

_NEWEST = 5
_SOON = 0.3  # seconds that the home waits for the day's themes before it is shown without them

_log = logging.getLogger(__name__)


def register(app: AsyncApp, door: Door) -> None:
    """Listen to the app's tabs being opened, and to the buttons of the digests in them."""
    subscriptions.register(app, door, published)

    @app.event("app_home_opened")
    async def opened(body: dict[str, Any], client: AsyncWebClient) -> None:
        who = incoming.caller(body)
        event = body["event"]
        if event.get("tab") == "messages":
            door.start(prompted(door, client, who, str(event.get("channel"))), client, who, unasked)
        else:
            refresh(door, client, who)


async def unasked(message: Message) -> None:
    """Keep a failure to ourselves: nobody has asked for anything."""
    _log.warning("a tab of the app could not be filled: %s", message[0])


def refresh(door: Door, client: AsyncWebClient, who: Caller) -> None:
    """Publish the home of one user, with what it holds now."""
    door.start(published(door, client, who), client, who, unasked)


async def published(door: Door, client: AsyncWebClient, who: Caller) -> None:
    """Publish the home, and once more when the day's themes take longer than a moment."""
    asker = await door.asker(client, who, surely=True)
    await door.recent.written(door.services.db)
    looking = asyncio.ensure_future(door.today.of(door.services, asker))
    shown = await gathered(door.services, asker)
    try:
        themes = await asyncio.wait_for(asyncio.shield(looking), _SOON)
    except TimeoutError:
        await _publish(client, asker, shown)
        themes = await looking
    await _publish(client, asker, replace(shown, themes=themes))


async def _publish(client: AsyncWebClient, asker: Asker, shown: Home) -> None:
    await client.views_publish(user_id=str(asker.user), view=home.draw(shown, reader(asker)))


async def prompted(door: Door, client: AsyncWebClient, who: Caller, channel: str) -> None:
    """Offer questions that the workspace's articles answer."""
    examples = await helping.examples(door.services, who.team)
    prompts = [{"title": e[:75], "message": e} for e in (*examples, "help")[:4]]
    await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)


def _as_newest(article: ArticleSummary) -> Newest:
    name = named(article.title, article.source)
    return Newest(name, article.publisher, article.published, article.url, article.quotations)


async def gathered(services: Services, asker: Asker, themes: Digest | None = None) -> Home:
    """Return what the home shows to the asker: the workspace's articles, and only what is the asker's."""
    db, workspace = services.db, asker.workspace
    glance = await overview.glance(db, workspace)
    held = glance.numbers
    newest = (await articles.listing(db, workspace))[:_NEWEST]
    return Home(
        articles=held.articles,
        quotations=held.quotations,
        speakers=held.speakers,
        newest=[_as_newest(a) for a in newest],
        quoted=glance.quoted,
        topics=glance.mentioned,
        recent=await asked.recent(db, workspace, asker.user or ""),
        help=(helping.about(asker),),
        themes=themes,
        subscriptions=await subscriptions.gathered(services, asker),
        admin=await _admin(services, asker) if asker.is_admin else None,
    )


async def _admin(services: Services, asker: Asker) -> Admin:
    found = await feedback.listing(services.db, asker.workspace)
    return Admin(asker.policy, len(found), [(f.verdict, f.words) for f in found[:_NEWEST]])
