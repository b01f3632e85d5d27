"""mrkdwn is drawn as Slack draws it, and nothing in it becomes HTML of its own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.web.playground import markup


def shown(text: str) -> str:
    names = {"U1": "Alice Weber", "C1": "general"}
    return str(markup.html(text, lambda ident: names.get(ident, ""), "Europe/Berlin"))


@pytest.mark.parametrize(
    ("mrkdwn", "html"),
    [
        ("*bold* and _italic_ and ~gone~", "<strong>bold</strong> and <em>italic</em> and <s>gone</s>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
        ("\u2060*\u2060not bold\u2060*\u2060", "\u2060*\u2060not bold\u2060*\u2060"),
        ("`a < b`", "<code>a &lt; b</code>"),
        ("```one\n*two*```", "<pre>one\n*two*</pre>"),
        ("one\ntwo", "one<br>two"),
        ("&gt; said\nshe", "<blockquote>said</blockquote>she"),
        ("AT&amp;T &lt;b&gt;", "AT&amp;T &lt;b&gt;"),
        ("<b>hi</b>", "bhi/b"),
        (
            "<@U1> in <#C1>",
            '<span class="mention">@Alice Weber</span> in <span class="mention">#general</span>',
        ),
        ("<!here>", '<span class="mention">@here</span>'),
        ("<!date^1771063200^{date_short} {time}|then>", "Feb 14, 2026 11:00"),
        ("<!date^x^{date}|then>", "then"),
        (":white_check_mark: :unknown_sign:", "✅ :unknown_sign:"),
    ],
)
def test_mrkdwn_becomes_the_html_that_slack_would_show(mrkdwn: str, html: str) -> None:
    assert shown(mrkdwn) == html


def test_a_link_opens_apart_and_tells_nobody_where_it_was() -> None:
    link = shown("<https://example.org/?a=1&amp;b=2|The title>")
    assert 'href="https://example.org/?a=1&amp;b=2"' in link
    assert 'rel="noopener noreferrer nofollow"' in link
    assert link.endswith(">The title</a>")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_an_address_that_is_not_of_the_web_is_no_link(address: str) -> None:
    assert "<a" not in shown(f"<{address}|click>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Title\n- **one**", "<strong>Title</strong><br>• <strong>one</strong>"),
        ("[site](https://example.org) `x`", "site</a> <code>x</code>"),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_a_markdown_block_is_drawn(text: str, html: str) -> None:
    assert str(markup.markdown(text)).endswith(html)


TAG = re.compile(r"</?(?:strong|em|s|code|pre|blockquote|br|span|a)\b[^<>]*>")


@given(st.text(alphabet=st.sampled_from(list("<>&\"'*_~`|@#!^:ab /=\n;")), max_size=60))
def test_no_text_however_odd_brings_a_tag_or_an_attribute_of_its_own(text: str) -> None:
    for drawn in (shown(text), str(markup.markdown(text)), str(markup.plain(text))):
        assert "<" not in TAG.sub("", drawn)
        assert not re.search(r"<[^>]*\son\w+=", drawn)
