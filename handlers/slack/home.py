"""The App Home: published when it is opened; the Messages tab offers questions to begin with."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.models import Asker
from bot.render import home
from bot.render.home import Home, Newest
from bot.services import Services
from bot.store import articles, asked, feedback, overview
from handlers.commands import help as helping
from handlers.slack import incoming, subscriptions
from handlers.slack.answers import reader
from handlers.slack.door import Door
from handlers.slack.incoming import Caller

_NEWEST = 5


def register(app: AsyncApp, door: Door) -> None:
    """Listen to the app's tabs being opened, and to the buttons of the digests in them."""
    subscriptions.register(app, door, published)

    @app.event("app_home_opened")
    async def opened(body: dict[str, Any], client: AsyncWebClient) -> None:
        who = incoming.caller(body)
        event = body["event"]
        if event.get("tab") == "messages":
            door.start(prompted(door, client, who, str(event.get("channel"))), client, who)
        else:
            door.start(published(door, client, who), client, who)


async def published(door: Door, client: AsyncWebClient, who: Caller) -> None:
    """Publish the home of one user."""
    asker = await door.asker(client, who)
    shown = await gathered(door.services, asker)
    await client.views_publish(user_id=who.user, view=home.draw(shown, reader(asker)))


async def prompted(door: Door, client: AsyncWebClient, who: Caller, channel: str) -> None:
    """Offer questions that the workspace's articles answer."""
    examples = await helping.examples(door.services, who.team)
    prompts = [{"title": e[:75], "message": e} for e in (*examples, "help")[:4]]
    await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)


async def gathered(services: Services, asker: Asker) -> Home:
    """Return what the home shows to the asker: the workspace's articles, and only their own questions."""
    db, workspace = services.db, asker.workspace
    held = await overview.numbers(db, workspace)
    newest = (await articles.listing(db, workspace))[:_NEWEST]
    about = helping.about(asker)
    return Home(
        articles=held.articles,
        quotations=held.quotations,
        speakers=held.speakers,
        newest=[Newest(a.title or a.source, a.publisher, a.published, a.url, a.quotations) for a in newest],
        quoted=await overview.most_quoted(db, workspace),
        topics=await overview.most_mentioned(db, workspace),
        recent=await asked.recent(db, workspace, asker.user or ""),
        help=(about,),
        subscriptions=await subscriptions.gathered(services, asker),
        feedback=len(await feedback.listing(db, workspace)) if asker.is_admin else None,
    )
