"""The App Home: what the workspace holds, whom it quotes most, and what this user asked last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.models import Phrase, Section
from bot.render import catalogue, mrkdwn, subscriptions
from bot.render.lines import Reader
from bot.render.state import State, pack
from bot.render.subscriptions import Subscriptions

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Newest:
    """An article in the list of the newest."""

    title: str
    publisher: str | None
    published: date | None
    url: str | None
    quotations: int


@dataclass(frozen=True, slots=True)
class Home:
    """What the home tab shows to one user."""

    articles: int
    quotations: int
    speakers: int
    newest: Sequence[Newest] = ()
    quoted: Sequence[tuple[str, int]] = ()
    topics: Sequence[tuple[str, int]] = ()
    recent: Sequence[str] = ()
    help: Sequence[Section] = ()
    subscriptions: Subscriptions = field(default_factory=Subscriptions)
    feedback: int | None = None


def draw(home: Home, reader: Reader) -> dict[str, Any]:
    """Return the view to publish."""
    return {"type": "home", "callback_id": "home", "blocks": list(_blocks(home, reader))[:100]}


def _blocks(home: Home, reader: Reader) -> Iterator[Block]:
    yield {"type": "header", "text": mrkdwn.plain(reader.say("home.title"))}
    if not home.articles:
        yield _section(mrkdwn.line(reader.say("search.empty_corpus")))
    else:
        values = {"articles": home.articles, "quotations": home.quotations, "speakers": home.speakers}
        yield _section(mrkdwn.line(reader.say("home.holds", **values)))
        yield _actions([_button("home_search", reader.say("home.search"), "{}", primary=True)])
    yield from _asks("recent", [(q, q) for q in home.recent], reader)
    quoted = [
        (f"{name} ({catalogue.number(count, reader.locale)})", f"quotes {name}")
        for name, count in home.quoted
    ]
    yield from _asks("quoted", quoted, reader)
    yield from _asks("topics", [(name, f"who mentioned {name}") for name, _ in home.topics], reader)
    yield from subscriptions.draw(home.subscriptions, reader)
    yield from _newest(home.newest, reader)
    if home.feedback:
        yield _section(mrkdwn.line(reader.say("home.feedback", count=home.feedback)))
    for section in home.help:
        yield {"type": "divider"}
        title = [mrkdwn.bold(reader.phrase(section.title))] if section.title else []
        entries = [mrkdwn.line(reader.phrase(entry), 600) for entry in section.lines]
        yield _section(mrkdwn.within(mrkdwn.SECTION, "\n", *title, *entries))


def _asks(name: str, asked: Sequence[tuple[str, str]], reader: Reader) -> Iterator[Block]:
    """A heading and buttons that ask a question each."""
    values = [(label, pack(State(question))) for label, question in asked]
    buttons = [_button(f"home_{name}_{n}", label, value) for n, (label, value) in enumerate(values) if value]
    if buttons:
        yield {"type": "divider"}
        yield _section(mrkdwn.bold(reader.say(f"home.{name}")))
        yield _actions(buttons)


def _newest(articles: Sequence[Newest], reader: Reader) -> Iterator[Block]:
    if not articles:
        return
    yield {"type": "divider"}
    yield _section(mrkdwn.bold(reader.say("home.newest")))
    for article in articles:
        values = {
            "publisher": article.publisher or Phrase("commands.no_publisher"),
            "day": article.published or Phrase("card.no_date"),
            "quotations": article.quotations,
        }
        about = mrkdwn.line(reader.say("home.article", **values), 400)
        yield _section(mrkdwn.join("\n", mrkdwn.link(article.url, mrkdwn.clip(article.title, 200)), about))


def _section(words: mrkdwn.Mrkdwn) -> Block:
    return {"type": "section", "text": mrkdwn.text(words)}


def _actions(elements: list[Block]) -> Block:
    return {"type": "actions", "elements": elements}


def _button(action: str, label: str, value: str, *, primary: bool = False) -> Block:
    button = {"type": "button", "action_id": action, "text": mrkdwn.plain(label, 75), "value": value}
    return button | {"style": "primary"} if primary else button
