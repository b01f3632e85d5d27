"""A tiny real Bolt app, and the two ways to connect it to the stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.standin import Slack

Json = dict[str, Any]


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def buttons(*names: str) -> Json:
    return {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": name,
                "value": f"{name}-1",
                "text": {"type": "plain_text", "text": name},
            }
            for name in names
        ],
    }


def modal(title: str, *blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": title},
        "blocks": list(blocks),
        **more,
    }


FORM = modal(
    "Search",
    {
        "type": "input",
        "block_id": "words",
        "label": {"type": "plain_text", "text": "Words"},
        "element": {"type": "plain_text_input", "action_id": "text"},
    },
    {
        "type": "input",
        "block_id": "who",
        "optional": True,
        "label": {"type": "plain_text", "text": "Speaker"},
        "element": {"type": "external_select", "action_id": "speaker", "min_query_length": 1},
    },
    submit={"type": "plain_text", "text": "Search"},
    notify_on_close=True,
)


def app(slack: Slack) -> AsyncApp:
    """Commands, buttons, modals, events, a menu and a home: one listener of each kind."""
    token = slack.environment()["SLACK_BOT_TOKEN"]
    client = AsyncWebClient(token=token, base_url=slack.api_url)
    bolt = AsyncApp(client=client, signing_secret=slack.signing_secret)
    for listen in (_messages, _modals, _events, _shortcuts):
        listen(bolt)
    return bolt


def _messages(bolt: AsyncApp) -> None:
    @bolt.command("/msc")
    async def command(ack: Any, respond: Any, command: Json) -> None:
        await ack()
        await respond(
            text=f"asked: {command['text']}", blocks=[section("an *answer*"), buttons("open", "more")]
        )

    @bolt.action("more")
    async def more(ack: Any, respond: Any, action: Json) -> None:
        await ack()
        await respond(text=f"page of {action['value']}", replace_original=True)


def _modals(bolt: AsyncApp) -> None:
    @bolt.action("open")
    async def open_it(ack: Any, client: AsyncWebClient, body: Json) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @bolt.view("form")
    async def submitted(ack: Any, client: AsyncWebClient, view: Json, body: Json) -> None:
        values = view["state"]["values"]
        if values["words"]["text"]["value"] == "bad":
            await ack(response_action="errors", errors={"words": "Use better words."})
            return
        await ack()
        chosen = values["who"]["speaker"]["selected_option"]
        who = chosen["value"] if chosen else "anybody"
        await client.chat_postMessage(
            channel=body["user"]["id"], text=f"{values['words']['text']['value']} by {who}"
        )

    @bolt.view_closed("form")
    async def closed(ack: Any, client: AsyncWebClient, body: Json) -> None:
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text="closed")

    @bolt.options("speaker")
    async def speakers(ack: Any, payload: Json) -> None:
        text = {"type": "plain_text", "text": f"{payload['value']}bert"}
        await ack(options=[{"text": text, "value": "7"}])


def _events(bolt: AsyncApp) -> None:
    @bolt.event("app_mention")
    async def mention(event: Json, say: Any) -> None:
        await say(text=f"heard {event['text']}", thread_ts=event.get("thread_ts") or event["ts"])

    @bolt.event("message")
    async def direct(event: Json, say: Any) -> None:
        await say(text=f"read {event['text']}")

    @bolt.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section("home")]})


def _shortcuts(bolt: AsyncApp) -> None:
    @bolt.shortcut("search")
    async def shortcut(ack: Any, client: AsyncWebClient, shortcut: Json) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)

    @bolt.shortcut("who")
    async def who(ack: Any, respond: Any, shortcut: Json) -> None:
        await ack()
        await respond(text=f"checked: {shortcut['message']['text']}")


@asynccontextmanager
async def by_socket() -> AsyncIterator[Slack]:
    """The tiny app, connected by Socket Mode."""
    async with Slack() as slack:
        bolt = app(slack)
        handler = AsyncSocketModeHandler(bolt, slack.state.app_token)
        await handler.connect_async()
        await slack.state.until(lambda: slack.sockets.count, 10)
        try:
            yield slack
        finally:
            await handler.close_async()


@asynccontextmanager
async def by_http() -> AsyncIterator[Slack]:
    """The tiny app behind its own web server."""
    async with Slack() as slack:
        runner = web.AppRunner(app(slack).web_app("/slack/events"))
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        slack.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
        try:
            yield slack
        finally:
            await runner.cleanup()
