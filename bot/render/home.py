"""The App Home: what the workspace holds, what is new in it, and what this user asked and set up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.models import Digest, Phrase, Policy, Section
from bot.render import catalogue, mrkdwn, sections, subscriptions
from bot.render import digest as words
from bot.render.lines import Reader
from bot.render.state import State, pack
from bot.render.subscriptions import Subscriptions

Block = dict[str, Any]
THEMES = 5


@dataclass(frozen=True, slots=True)
class Newest:
    """An article in the list of the newest."""

    title: str
    publisher: str | None
    published: date | None
    url: str | None
    quotations: int


@dataclass(frozen=True, slots=True)
class Admin:
    """What admins see besides: the workspace's policy, and what users reported as wrong, newest first."""

    policy: Policy
    reports: int = 0
    newest: Sequence[tuple[str, str]] = ()  # verdict, words


@dataclass(frozen=True, slots=True)
class Home:
    """What the home tab shows to one user; `themes` are None while they are being looked for."""

    articles: int
    quotations: int
    speakers: int
    newest: Sequence[Newest] = ()
    quoted: Sequence[tuple[str, int]] = ()
    topics: Sequence[tuple[str, int]] = ()
    recent: Sequence[str] = ()
    help: Sequence[Section] = ()
    themes: Digest | None = None
    subscriptions: Subscriptions = field(default_factory=Subscriptions)
    admin: Admin | None = None


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
    if home.articles:
        yield from _themes(home.themes, reader)
    yield from subscriptions.draw(home.subscriptions, reader)
    quoted = [
        (f"{name} ({catalogue.number(count, reader.locale)})", f"quotes {name}")
        for name, count in home.quoted
    ]
    yield from _asks("quoted", quoted, reader)
    yield from _asks("topics", [(name, f"who mentioned {name}") for name, _ in home.topics], reader)
    yield from _newest(home.newest, reader)
    if home.admin:
        yield from _admin(home.admin, reader)
    for section in home.help:
        yield {"type": "divider"}
        yield sections.draw(section, reader)


def _asks(name: str, asked: Sequence[tuple[str, str]], reader: Reader) -> Iterator[Block]:
    """A heading and buttons that ask a question each."""
    values = [(label, pack(State(question))) for label, question in asked]
    buttons = [_button(f"home_{name}_{n}", label, value) for n, (label, value) in enumerate(values) if value]
    if buttons:
        yield from _heading(reader.say(f"home.{name}"))
        yield _actions(buttons)


def _themes(found: Digest | None, reader: Reader) -> Iterator[Block]:
    """The themes of a day with why each is there; the quotations are one click away."""
    if found is None:
        yield from _heading(reader.say("home.themes"))
        yield _context(mrkdwn.line(reader.say("home.themes_wait")))
        return
    yield from _heading(reader.phrase(words.title(found)))
    if not found.themes:
        yield _context(
            mrkdwn.line(reader.phrase(found.skip or Phrase("digest.quiet", {"articles": found.articles})))
        )
        return
    lines = [
        mrkdwn.join(
            ": ", mrkdwn.bold(mrkdwn.clip(theme.title, 200)), mrkdwn.line(reader.phrase(words.why(theme)))
        )
        for theme in found.themes[:THEMES]
    ]
    yield _section(mrkdwn.within(mrkdwn.SECTION, "\n", *lines))
    value = pack(State(f"themes {found.last.isoformat()}"))
    if value:
        yield _actions([_button("home_themes_0", reader.say("home.themes_show"), value)])


def _newest(articles: Sequence[Newest], reader: Reader) -> Iterator[Block]:
    if not articles:
        return
    yield from _heading(reader.say("home.newest"))
    for article in articles:
        values = {
            "publisher": article.publisher or Phrase("commands.no_publisher"),
            "day": article.published or Phrase("card.no_date"),
            "quotations": article.quotations,
        }
        about = mrkdwn.line(reader.say("home.article", **values), 400)
        yield _section(mrkdwn.join("\n", mrkdwn.link(article.url, mrkdwn.clip(article.title, 200)), about))


def _admin(admin: Admin, reader: Reader) -> Iterator[Block]:
    """Settings, and what users reported: shown to admins alone."""
    yield from _heading(reader.say("home.settings"))
    yield _section(
        mrkdwn.join("\n", *(mrkdwn.line(reader.phrase(phrase)) for phrase in decided(admin.policy)))
    )
    yield _actions([_button("settings_open", reader.say("home.change"), "open")])
    if not admin.reports:
        return
    yield from _heading(reader.say("home.reports", count=admin.reports))
    lines = [
        mrkdwn.join(" ", mrkdwn.line(reader.say(f"home.{verdict}")), mrkdwn.line(f"“{said}”", 300))
        for verdict, said in admin.newest
    ]
    yield _section(mrkdwn.within(mrkdwn.SECTION, "\n", *lines))
    yield _context(mrkdwn.line(reader.say("home.reports_export")))


def decided(policy: Policy) -> tuple[Phrase, ...]:
    """Return a policy in sentences."""
    kept = Phrase("settings.kept_days", {"days": policy.retention}) if policy.retention else None
    return (
        Phrase("settings.everyone_adds" if policy.everyone_adds else "settings.admins_add"),
        kept or Phrase("settings.kept_for_ever"),
        Phrase("settings.feedback_on" if policy.feedback else "settings.feedback_off"),
    )


def _heading(said: str) -> Iterator[Block]:
    yield {"type": "divider"}
    yield _section(mrkdwn.bold(said))


def _section(said: mrkdwn.Mrkdwn) -> Block:
    return {"type": "section", "text": mrkdwn.text(said)}


def _context(said: mrkdwn.Mrkdwn) -> Block:
    return {"type": "context", "elements": [mrkdwn.text(said)]}


def _actions(elements: list[Block]) -> Block:
    return {"type": "actions", "elements": elements}


def _button(action: str, label: str, value: str, *, primary: bool = False) -> Block:
    button = {"type": "button", "action_id": action, "text": mrkdwn.plain(label, 75), "value": value}
    return button | {"style": "primary"} if primary else button
