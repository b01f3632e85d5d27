"""One message that is written anew while work goes on: posted first, changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack import outgoing
from handlers.slack.outgoing import Message


@dataclass(slots=True)
class Progress:
    """The message of one piece of work, in a channel's thread."""

    client: AsyncWebClient
    channel: str
    thread: str | None = None
    ts: str | None = None

    async def say(self, message: Message) -> None:
        """Show how far it is, or what came of it; raises PostFailed where Slack takes neither."""
        if self.ts is None:
            self.ts = await outgoing.post(self.client, self.channel, message, self.thread)
        else:
            self.ts = await outgoing.update(self.client, self.channel, message, self.ts, self.thread)
