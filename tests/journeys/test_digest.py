"""A digest from its form to its thread, in a real Chromium: set up, arrived, read, muted, taken back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from handlers import clock
from tests.journeys.test_playground import ask

pytestmark = pytest.mark.asyncio(loop_scope="session")  # one browser for all journeys


@pytest.fixture
def tomorrow(monkeypatch: pytest.MonkeyPatch) -> timedelta:
    """How far the clock is moved: a day and a bit, so that a daily digest is due."""
    by = timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + by)
    return by


async def set_up(page: Page) -> None:
    """Fill in the form of this channel's digest, look at the preview, and save."""
    await page.locator("#composer").fill("/msc digest")
    await page.locator("#composer").press("Enter")
    form = page.get_by_role("dialog")
    await form.get_by_role("button", name="Preview").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Themes of")
    await page.keyboard.press("Escape")
    form = page.get_by_role("dialog")
    await expect(form.get_by_label("Time zone")).to_be_visible()
    await form.get_by_label("Time zone").fill("Europe/Berln")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_contain_text("Did you mean Europe/Berlin")
    await form.get_by_label("Time zone").fill("Europe/Berlin")
    await form.get_by_role("button", name="Save").click()
    await expect(page.locator("#list article").last).to_contain_text("Digest set up")


async def test_a_digest_is_set_up_arrives_and_its_themes_are_read_and_muted(
    page: Page, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--cluster"):
        pytest.skip("the clock of other processes can't be moved")
    await set_up(page)
    request.getfixturevalue("tomorrow")
    digest = page.locator("#list article", has_text="Themes of")
    await expect(digest).to_be_visible()
    await page.get_by_role("button", name=re.compile("[0-9] replies")).click()
    thread = page.get_by_label("Thread").last
    await expect(thread.get_by_role("img", name=re.compile("Quotations a day on each theme"))).to_be_visible()
    await thread.get_by_role("button", name="More quotations").first.click()
    await expect(page.get_by_text("More quotations:").first).to_be_visible()
    await thread.get_by_role("button", name="Mute for 30 days").first.click()
    muted = page.locator("article", has_text="left out of this channel").last
    await muted.get_by_role("button", name="Undo").click()
    await expect(page.get_by_text("is back in this channel").last).to_be_visible()
    assert await page.locator("#list article", has_text="Themes of").count() == 1


async def test_the_home_shows_the_digest_and_pauses_it(page: Page) -> None:
    await set_up(page)
    await page.get_by_role("link", name="msc-bot").click()
    home = page.locator(".home-blocks")
    await expect(home).to_contain_text(re.compile(r"Every day at 8:00\sAM, Europe/Berlin"))
    await home.get_by_role("button", name="Pause").click()
    await expect(home).to_contain_text("Paused")
    await home.get_by_role("button", name="Turn off").click()
    await page.locator("#confirm").get_by_role("button", name="Turn off").click()
    await expect(home).to_contain_text("no digest yet")


async def test_a_digest_that_is_asked_for_now_comes_now(page: Page) -> None:
    await ask(page, "/msc digest now")
    await expect(page.locator("#list article", has_text="on its way")).to_be_visible()
    await expect(page.locator("#list article", has_text="Themes of")).to_be_visible()
