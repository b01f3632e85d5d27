"""Slack's mrkdwn → HTML, as the browser shows it. Whatever is not Slack's own markup comes out escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

Names = Callable[[str], str]
"""An id of a user or channel → the name to show."""

_EMOJI = {
    "white_check_mark": "✅",
    "x": "❌",
    "warning": "⚠️",
    "mag": "🔍",
    "speech_balloon": "💬",
    "newspaper": "📰",
    "bulb": "💡",
    "tada": "🎉",
    "wave": "👋",
    "+1": "👍",
    "-1": "👎",
    "calendar": "📅",
    "chart_with_upwards_trend": "📈",
    "link": "🔗",
    "bell": "🔔",
    "hourglass": "⏳",
}
_J = "\u2060"  # a word joiner beside a sign takes the sign's power
_PARTS = re.compile(
    r"```\n?(?P<pre>.+?)```"
    rf"|(?<!{_J})`(?P<code>[^`\n]+)`"
    r"|<(?P<angle>[^<>\n]+)>"
    r"|:(?P<emoji>[a-z0-9_+'-]+):"
    + "".join(
        rf"|(?<![\w{_J}{sign}]){sign}(?P<{tag}>[^\s{sign}{_J}](?:[^{sign}\n]*[^\s{sign}{_J}])?){sign}(?![\w{_J}{sign}])"
        for sign, tag in ((r"\*", "strong"), ("_", "em"), ("~", "s"))
    ),
    re.S,
)
_QUOTED = re.compile(r"(?:^&gt;[^\n]*(?:\n|$))+", re.M)
_DATE = {
    "{date_num}": "%Y-%m-%d",
    "{date_long}": "%A, %B %-d, %Y",
    "{date_short}": "%b %-d, %Y",
    "{date_pretty}": "%B %-d, %Y",
    "{date_long_pretty}": "%A, %B %-d, %Y",
    "{date_short_pretty}": "%b %-d, %Y",
    "{date}": "%B %-d, %Y",
    "{time_secs}": "%H:%M:%S",
    "{time}": "%H:%M",
}


def html(text: str, names: Names, zone: str) -> Markup:
    """Return mrkdwn as HTML; dates are shown in `zone`."""
    done, at = Markup(), 0
    for quoted in _QUOTED.finditer(text):
        inner = re.sub(r"^&gt; ?", "", quoted[0].rstrip("\n"), flags=re.M)
        done += _inline(text[at : quoted.start()], names, zone)
        done += Markup("<blockquote>{}</blockquote>").format(_inline(inner, names, zone))
        at = quoted.end()
    return done + _inline(text[at:], names, zone)


def _inline(text: str, names: Names, zone: str) -> Markup:
    done, at = Markup(), 0
    for part in _PARTS.finditer(text):
        done += plain(text[at : part.start()])
        kind, inner = part.lastgroup or "", part[part.lastgroup or 0]
        if kind in ("strong", "em", "s"):
            done += Markup(f"<{kind}>{{}}</{kind}>").format(_inline(inner, names, zone))
        elif kind in ("pre", "code"):
            done += Markup(f"<{kind}>{{}}</{kind}>").format(_decoded(inner))
        elif kind == "angle":
            done += _angle(inner, names, zone)
        else:
            done += escape(_EMOJI.get(inner, f":{inner}:"))
        at = part.end()
    return done + plain(text[at:])


def plain(text: str) -> Markup:
    """Return text with Slack's three entities decoded, escaped for HTML, line breaks kept."""
    return Markup("<br>").join(escape(line) for line in _decoded(text).split("\n"))


def _decoded(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _angle(inner: str, names: Names, zone: str) -> Markup:
    """A link, a mention or a date."""
    target, _, label = inner.partition("|")
    if target[:1] in {"@", "#"}:
        shown = names(target[1:]) or label or target[1:]
        return Markup('<span class="mention">{}{}</span>').format(target[0], shown)
    if target.startswith("!date^"):
        return escape(_date(target, label, zone))
    if target.startswith("!"):
        return Markup('<span class="mention">@{}</span>').format(label or target[1:])
    return link(_decoded(target), _decoded(label or target))


def link(url: str, label: str) -> Markup:
    """Return a link that opens apart; the label alone where the address is none of the web."""
    if not re.match(r"(https?://|mailto:)", url):
        return escape(label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>').format(url, label)


def _date(target: str, fallback: str, zone: str) -> str:
    pieces = target.split("^")
    if len(pieces) < 3 or not pieces[1].isdigit():
        return fallback
    try:
        moment = datetime.fromtimestamp(int(pieces[1]), ZoneInfo(zone))
    except (OverflowError, OSError, ValueError):
        return fallback
    shown = pieces[2]
    for token, form in _DATE.items():
        shown = shown.replace(token, moment.strftime(form))
    return shown


_MARKDOWN = re.compile(
    r"\*\*(?P<strong>[^*\n]+)\*\*|\[(?P<label>[^\]\n]+)\]\((?P<url>[^)\s]+)\)|`(?P<code>[^`\n]+)`|(?<!\w)[*_](?P<em>[^*_\n]+)[*_](?!\w)"
)


def markdown(text: str) -> Markup:
    """Return a markdown block as HTML: headings, bullets, bold, italic, code and links."""
    return Markup("<br>").join(_markdown_line(line) for line in text.split("\n"))


def _markdown_line(line: str) -> Markup:
    if heading := re.match(r"#{1,6} +(.*)", line):
        return Markup("<strong>{}</strong>").format(heading[1])
    line = re.sub(r"^(\s*)[-*] ", r"\1• ", line)
    done, at = Markup(), 0
    for part in _MARKDOWN.finditer(line):
        done += escape(line[at : part.start()])
        done += _markdown_part(part)
        at = part.end()
    return done + escape(line[at:])


def _markdown_part(part: re.Match[str]) -> Markup:
    if part["url"]:
        return link(part["url"], part["label"])
    tag = next(name for name in ("strong", "code", "em") if part[name])
    return Markup(f"<{tag}>{{}}</{tag}>").format(part[tag])
