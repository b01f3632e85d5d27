"""Draws the playground: the whole page once, afterwards the pieces of it that may have changed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from handlers.standin import Channel, Slack, User, inputs
from handlers.standin.values import Json
from handlers.web.playground import look, markup

HOME = "home"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut of the app: `kind` is global or message."""

    name: str
    callback_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Hint:
    """A command that the message field suggests: what is typed, how it goes on, what it does."""

    typed: str
    usage: str
    about: str


@dataclass(slots=True)
class Room:
    """The playground over one stand-in; `seen` remembers what each reader has looked at."""

    slack: Slack
    hints: Sequence[Hint] = ()
    examples: Sequence[str] = ()
    shortcuts: Sequence[Shortcut] = ()
    seen: dict[tuple[str, str], str] = field(default_factory=dict)

    def page(self, user: str, place: str, thread: str | None) -> str:
        """Return the whole page; a modal that was open is gone, as it is when Slack is loaded anew."""
        reader = self.slack.user(user)
        self.slack.state.stacks.pop(reader.id, None)
        people = [u for u in self.slack.state.users.values() if u.team == reader.team and not u.is_bot]
        environment = self._environment(reader)
        return environment.get_template("page.html").render(
            reader=reader,
            place=place,
            thread=thread,
            people=people,
            team=self.slack.state.teams[reader.team].name,
            view=self._view(environment, reader, place, thread),
            known=[{"typed": h.typed, "usage": h.usage, "about": h.about} for h in self.hints],
            global_shortcuts=[s for s in self.shortcuts if s.kind == "global"],
        )

    def pieces(self, user: str, place: str, thread: str | None) -> Json:
        """Return the pieces of the page that may change, as HTML by name."""
        reader = self.slack.user(user)
        return self._view(self._environment(reader), reader, place, thread)

    def _view(self, environment: Environment, reader: User, place: str, thread: str | None) -> Json:
        draw: Any = environment.get_template("parts.html").make_module({})
        slack, direct = self.slack, self.slack.state.direct(reader)
        at_home = place == HOME
        channel = direct if at_home else slack.channel(place, reader.name)
        messages = slack.messages(channel.id, reader.id)
        if not at_home:
            self.seen[reader.id, channel.id] = messages[-1].ts if messages else ""
        places = look.places(slack, reader, self.seen)
        own = {"id": direct.id, "unread": look.unread(slack, direct, reader, self.seen)}
        stack = slack.state.stacks.get(reader.id, [])
        top = slack.state.views[stack[-1]] if stack else None
        shown = slack.messages(channel.id, reader.id, thread) if thread else ()
        app = channel.kind == "im"
        name = "msc-bot" if app else f"#{channel.name}"
        return {
            "number": slack.mark(),
            "title": name,
            "places": places,
            "direct": own,
            "side": draw.side(places, own, place, reader),
            "head": self._head(name, place, direct.id, len(channel.members), app),
            "intro": "" if at_home else self._intro(draw, name, channel),
            "list": [] if at_home else self._items(draw, messages, reader, in_thread=False),
            "thread": self._items(draw, shown, reader, in_thread=True) if thread else None,
            "home": draw.home(slack.home(reader.id)) if at_home else "",
            "prompts": self._prompts(direct.id) if app and not at_home else Markup(),
            "modal": draw.modal(top, len(stack)) if top else None,
            "hash": top.hash if top else None,
            "placeholder": f"Message {name}",
            "may_write": not channel.archived,
        }

    def _items(self, draw: Any, messages: Sequence[Any], reader: User, in_thread: bool) -> list[Json]:
        items = []
        for line in look.lines(self.slack, messages, reader):
            html = draw.message(line, in_thread)
            rev = str(zlib.crc32(html.encode()))
            items.append({"key": f"{line.message.channel}-{line.message.ts}", "rev": rev, "html": html})
        return items

    def _head(self, name: str, place: str, direct: str, members: int, app: bool) -> Markup:
        if not app:
            note = Markup('<span class="about">{} members</span>').format(members)
            return Markup("<h1>{}</h1>{}").format(name, note)
        tabs = Markup(" ").join(
            Markup('<a href="{}" data-place="{}"{}>{}</a>').format(
                f"/play/?place={to}", to, Markup(' aria-current="page"') if to == place else "", label
            )
            for to, label in ((HOME, "Home"), (direct, "Messages"))
        )
        badge = Markup('<span class="badge">APP</span>')
        return Markup('<h1>{} {}</h1><nav class="tabs" aria-label="msc-bot">{}</nav>').format(
            name, badge, tabs
        )

    def _intro(self, draw: Any, name: str, channel: Channel) -> Markup:
        examples: list[str] = []
        if channel.archived:
            about = "Nobody can write here any more."
        elif channel.kind == "im":
            about = "Ask here in your own words; every answer is a sentence that stands in an article."
            if channel.id not in self.slack.state.prompts:
                examples = [e.removeprefix("/msc ") for e in self.examples]
        else:
            about = "Ask who said what. Answers to /msc are for your eyes only, until you share one."
            examples = list(self.examples)
        drawn: Markup = draw.welcome(f"This is {name}", about, examples)
        return drawn

    def _prompts(self, channel: str) -> Markup:
        chips = [
            Markup('<button type="button" class="chip" data-say="{}">{}</button>').format(
                p["message"], p["title"]
            )
            for p in self.slack.state.prompts.get(channel, [])
        ]
        return (
            Markup('<div class="chips" role="group" aria-label="Suggestions">{}</div>').format(
                Markup().join(chips)
            )
            if chips
            else Markup()
        )

    def _environment(self, reader: User) -> Environment:
        """The templates, with what they may call; names and times are the reader's."""
        names: Callable[[str], str] = lambda ident: look.name_of(self.slack, ident)  # noqa: E731
        overlay = _TEMPLATES.overlay()
        overlay.globals = {
            **_TEMPLATES.globals,
            "mrkdwn": lambda text: markup.html(text, names, reader.tz),
            "name_of": names,
            "picture": self._picture,
            "members": lambda kind: self._members(kind, reader),
            "message_shortcuts": [s for s in self.shortcuts if s.kind == "message"],
        }
        return overlay

    def _picture(self, image: Json) -> str:
        """Pictures are shown when this machine has them; others are named by their alt text."""
        ident = (image.get("slack_file") or {}).get("id")
        return f"/play/files/{ident}" if ident in self.slack.state.files else ""

    def _members(self, kind: str, reader: User) -> list[tuple[str, str]]:
        state = self.slack.state
        if "users" in kind:
            people = [u for u in state.users.values() if u.team == reader.team]
            return [(u.id, u.real_name) for u in people]
        mine = [c for c in state.channels.values() if reader.id in c.members and not c.archived]
        return [(c.id, "msc-bot" if c.kind == "im" else f"#{c.name}") for c in mine]


def _chosen(name: str) -> Callable[[Json], list[str]]:
    def chosen(now: Json) -> list[str]:
        value = now.get(name) or []
        return [value] if isinstance(value, str) else list(value)

    return chosen


_TEMPLATES = Environment(
    loader=PackageLoader("handlers.web.playground"),
    autoescape=True,
    trim_blocks=True,
)
_TEMPLATES.globals |= {
    "plain": markup.plain,
    "verbatim": lambda text: Markup("<br>").join(escape(line) for line in text.split("\n")),
    "markdown": markup.markdown,
    "link": markup.link,
    "weburl": lambda url: url if url.startswith(("http://", "https://", "mailto:")) else "#",
    "filled": look.filled,
    "state": lambda view: inputs.values(view, {}),
    "url": lambda place: f"/play/?place={place}",
    "people": {
        f"{many}{kind}_select": _chosen(f"selected_{one}")
        for kind, single in (("users", "user"), ("channels", "channel"), ("conversations", "conversation"))
        for many, one in (("", single), ("multi_", f"{single}s"))
    },
}
