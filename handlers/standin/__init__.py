"""A Slack of our own, on loopback only: for the playground and for tests.

    control ──► payloads ──► deliveries (signed HTTP) or socket (Socket Mode) ──► the bot
       ▲                                                                           │
     state ◄── methods (chat, views, conversations, people, files, oauth) ◄── api ◄┘

`state` holds what Slack remembers, `methods` are the Web API methods that change it, `api` is their door.
`control` is the side of the people: they type, click and submit. `Slack` puts it together.
"""

from handlers.standin.cast import a_workspace
from handlers.standin.control import Slack
from handlers.standin.values import Channel, Message, Team, User, View
from handlers.standin.watch import Done

__all__ = ["Channel", "Done", "Message", "Slack", "Team", "User", "View", "a_workspace"]
