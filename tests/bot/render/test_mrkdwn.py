"""Nothing that comes from outside can ping, link or change the formatting."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render import mrkdwn

ROOT = Path(__file__).resolve().parents[3]
OUTSIDE = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("<>&@!#|*_~`:\n^ UWchanelhrvyo0"))
) | st.sampled_from(
    ["<!channel>", "<@U012AB3CD>", "<!subteam^S1|x>", "@here", "&lt;!here&gt;", "<https://a|b>"]
)


@given(OUTSIDE)
def test_no_sign_of_slack_survives(text: str) -> None:
    escaped = mrkdwn.escape(text)
    assert not re.search(r"[<>]", escaped)
    assert not re.search(r"&(?!(amp|lt|gt);)", escaped)
    assert not re.search(r"@(here|channel|everyone)", escaped, re.IGNORECASE)
    assert not re.search(r":[\w+'-]+:", escaped)


@given(OUTSIDE, OUTSIDE)
def test_a_link_has_one_address_and_one_title(url: str, title: str) -> None:
    made = mrkdwn.link(f"https://example.org/{url}", title)
    assert made.count("<") <= 1 and made.count(">") == made.count("<")
    assert "\n" not in made
    if made.startswith("<"):
        assert made.count("|") == 1 and " " not in made.split("|")[0]


@given(OUTSIDE, st.integers(10, 100))
def test_a_limit_holds_after_escaping(text: str, limit: int) -> None:
    assert len(mrkdwn.escape(text * 40, limit)) <= limit


@given(OUTSIDE)
def test_the_reader_sees_every_word(text: str) -> None:
    shown = mrkdwn.escape(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    kept = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]", " ", text).replace(mrkdwn.JOINER, "")
    assert shown.replace(mrkdwn.JOINER, "") == kept


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://a.b/c",
        "https://",
        "//a.b",
        "http://[::1",
        "",
        None,
        "https://a/" + "x" * 3_000,
    ],
)
def test_only_web_addresses_become_links(address: str | None) -> None:
    assert mrkdwn.web_address(address) is None
    assert mrkdwn.link(address, "A title") == "A title"


def test_an_address_keeps_its_parts() -> None:
    address = "https://example.org/a%20b?c=d&e=f#g"
    assert mrkdwn.web_address(address) == address


def test_formatting_signs_are_shown_not_obeyed() -> None:
    assert (
        re.sub(mrkdwn.JOINER, "", mrkdwn.escape("*not bold* snake_case 2*3")) == "*not bold* snake_case 2*3"
    )
    assert not re.search(r"(?:^|\s)\*\w", mrkdwn.escape("*not bold*"))
    assert "snake_case" in mrkdwn.escape("snake_case")


def test_a_long_text_says_that_it_was_cut() -> None:
    assert mrkdwn.clip("one two three four", 13).endswith(mrkdwn.CUT)
    assert mrkdwn.clip("short", 13) == "short"


def test_mrkdwn_is_built_in_one_place_only() -> None:
    """No other file names Slack's text type, calls `Mrkdwn(...)` or writes a sign of Slack."""
    builders = {"bot/render/mrkdwn.py", "bot/render/_elements.py", "bot/render/_blockkit.py"}
    readers = {"handlers/slack/incoming.py"}  # takes Slack's signs out of what users typed
    guilty = []
    for path in source_files():
        name = path.relative_to(ROOT).as_posix()
        if name in builders or name in readers or name.startswith(("handlers/standin/", "handlers/web/")):
            continue
        guilty += [f"{name}:{line}" for line in offences(ast.parse(path.read_text(encoding="utf-8")))]
    assert not guilty


def offences(tree: ast.AST) -> list[int]:
    """Return the lines that build mrkdwn by hand; docstrings may speak of it, `(?<!` is a pattern's."""
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            if node.value == "mrkdwn" or re.search(r"(?<!\?)<(https?:|[@!#])", node.value):
                lines.append(node.lineno)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Mrkdwn":
            lines.append(node.lineno)
    return lines


def source_files() -> list[Path]:
    """Return every source file of the product."""
    return [p for folder in ("bot", "handlers") for p in (ROOT / folder).rglob("*.py")]
