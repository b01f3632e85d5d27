"""What a newcomer does in the playground, in a real Chromium over our own articles."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, FilePayload, Locator, Page, expect

from tests.journeys.conftest import opened

pytestmark = pytest.mark.asyncio(loop_scope="session")  # one browser for all journeys


async def ask(page: Page, text: str) -> Locator:
    """Type into the message field and return the newest message of the bot."""
    count = await page.locator("#list article").count()
    await page.locator("#composer").fill(text)
    await page.locator("#composer").press("Enter")
    await expect(page.locator("#list article")).not_to_have_count(count)
    return page.locator("#list article").last


async def test_a_question_is_answered_word_for_word_and_shown_in_its_context(page: Page) -> None:
    answer = await ask(page, "/msc who mentioned Greenland")
    await expect(answer).to_contain_text("Only visible to you")
    await expect(answer).to_contain_text("Greenland")
    await expect(answer.locator("blockquote").first).to_be_visible()
    await answer.get_by_role("button", name="Show context").first.click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.locator("strong").first).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def test_an_answer_that_is_shared_is_there_for_everybody(
    page: Page, browser: Browser, address: str
) -> None:
    answer = await ask(page, "/msc who mentioned Greenland")
    words = await answer.locator("blockquote").first.inner_text()
    await answer.get_by_role("button", name="Share in channel").first.click()
    bruno = await opened(browser, address, "?user=bruno")
    shared = bruno.locator("#list article")
    await expect(shared.first).to_contain_text(words)
    await expect(shared.first).to_contain_text("alice")
    await expect(bruno.locator("#list")).not_to_contain_text("Only visible to you")


async def test_more_answers_come_in_the_place_of_the_first(page: Page) -> None:
    answer = await ask(page, "/msc quotes Kallas")
    first = await answer.locator("blockquote").first.inner_text()
    await answer.get_by_role("button", name="More", exact=True).click()
    await expect(answer.locator("blockquote").first).not_to_have_text(first)
    await expect(page.locator("#list article")).to_have_count(1)
    await answer.get_by_role("button", name="Previous").click()
    await expect(answer.locator("blockquote").first).to_have_text(first)


async def test_everything_can_be_done_with_the_keyboard(page: Page) -> None:
    await page.keyboard.type("/")
    await expect(page.locator("#commands [role=option]").first).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Tab")
    await expect(page.locator("#composer")).to_have_value("/msc who mentioned ")
    await page.keyboard.type("Greenland")
    await page.keyboard.press("Enter")
    await expect(page.locator("#list article blockquote").first).to_be_visible()
    for _ in range(120):
        await page.keyboard.press("Shift+Tab")
        if await focused(page, "e => e.textContent.trim() === 'Show context'"):
            break
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    for _ in range(8):
        await page.keyboard.press("Tab")
        assert await focused(page, "e => e.closest('[role=dialog]') !== null")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    assert await focused(page, "e => e.textContent.trim() === 'Show context'")


async def focused(page: Page, test: str) -> bool:
    """Say whether the focused element passes a test."""
    return bool(await page.evaluate(f"({test})(document.activeElement)"))


async def test_a_mention_is_answered_in_a_thread_that_goes_on(page: Page) -> None:
    await ask(page, "@msc quotes Rutte")
    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_label("Thread").last
    await expect(thread.locator("article")).to_have_count(2)
    await page.locator("#reply").fill("@msc quotes Kallas")
    await page.locator("#reply").press("Enter")
    await expect(thread.locator("article")).to_have_count(4)
    await expect(thread.locator("article").last).to_contain_text("Kallas")
    await page.get_by_role("button", name="Close thread").click()
    await expect(page.locator("#thread")).to_be_hidden()


async def test_the_home_tab_and_the_search_form_suggest_who_is_there(page: Page) -> None:
    await page.get_by_role("link", name="msc-bot").click()
    home = page.locator(".home-blocks")
    await expect(home).to_contain_text("Most quoted speakers")
    await home.get_by_role("button", name="Search quotes").click()
    form = page.get_by_role("dialog")
    await form.get_by_role("combobox").fill("Kal")
    await page.get_by_role("option", name="Kaja Kallas").click()
    await form.get_by_role("button", name="Search").click()
    await expect(page.get_by_role("dialog").locator("blockquote").first).to_be_visible()


async def test_a_menu_under_an_answer_opens_with_who_is_there_and_narrows(page: Page) -> None:
    answer = await ask(page, "/msc who mentioned Europe")
    await answer.get_by_role("combobox").first.focus()
    offered = answer.get_by_role("option")
    await expect(offered.nth(1)).to_be_visible()
    name = str(await offered.nth(1).text_content())
    await offered.nth(1).click()
    narrowed = page.locator("#list article").last
    await expect(narrowed.get_by_text("1 to 5 of")).to_have_count(0)
    await expect(narrowed).to_contain_text(name)


async def test_a_message_is_checked_from_its_menu(page: Page) -> None:
    message = await ask(page, "Somebody said that nobody ever said this before.")
    await message.hover()
    await message.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Who said this?").click()
    await expect(page.locator("#list article").last).to_contain_text("Only visible to you")


async def test_a_channel_without_the_bot_says_how_to_invite_it(page: Page) -> None:
    await page.get_by_role("link", name="random").click()
    await expect(page.get_by_role("heading", name="#random", exact=True)).to_be_visible()
    answer = await ask(page, "/msc who mentioned Greenland")
    await answer.get_by_role("button", name="Share in channel").first.click()
    await expect(page.locator("#list article").last).to_contain_text("/invite @msc")


async def test_light_and_dark_follow_the_system_and_the_reader(browser: Browser, address: str) -> None:
    page = await opened(browser, address, color_scheme="dark")
    theme = page.locator("html")
    await expect(theme).to_have_attribute("data-theme", "dark")
    await page.get_by_role("button", name="Dark appearance").click()
    await expect(theme).to_have_attribute("data-theme", "light")
    await page.reload()
    await expect(theme).to_have_attribute("data-theme", "light")


async def test_nothing_is_loaded_from_anywhere_else_and_everything_has_a_name(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.reload()
    await page.wait_for_selector("html[data-ready]")
    await ask(page, "/msc quotes Kallas")
    assert {url.split("/")[2].split(":")[0] for url in asked} == {"127.0.0.1"}
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, a[href], input, select, textarea")]
            .filter(e => !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length))
            .map(e => e.outerHTML)"""
    )
    assert nameless == []


async def test_words_of_one_that_types_html_stay_words(page: Page) -> None:
    message = await ask(page, "<img src=x onerror=\"document.title='gone'\"> & <b>bold</b>")
    await expect(message).to_contain_text("<img src=x")
    assert await message.locator("img").count() == 0


async def test_a_speaker_is_corrected_on_the_article_s_page_and_answers_follow(page: Page) -> None:
    await page.get_by_role("link", name="Articles").click()
    await page.locator("tbody a").first.click()
    row = page.locator("tr[id^=row-q]").first
    await row.get_by_label("Speaker").fill("Berta Example")
    await row.get_by_role("button", name="Set speaker").click()
    await expect(page.locator("tr[id^=row-q] strong", has_text="Berta Example").first).to_be_visible()
    await page.goto(page.url.partition("/articles/")[0])
    await page.wait_for_selector("html[data-ready]")
    await expect(await ask(page, "/msc quotes Berta Example")).to_contain_text("Berta Example")


async def test_an_admin_shares_a_file_and_asks_about_it(browser: Browser, address: str) -> None:
    page = await opened(browser, address, "?user=carla")
    await page.get_by_role("link", name="msc-bot").click()
    await page.get_by_role("link", name="Messages").click()
    report = FilePayload(name="lamp.txt", mimeType="text/plain", buffer=LAMP.encode())
    await page.locator("#files").set_input_files(report)
    await expect(page.locator("#list article").first).to_contain_text("lamp.txt")
    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_label("Thread").last
    await expect(thread.locator("article").last).to_contain_text("1 new", timeout=60_000)
    await page.get_by_role("button", name="Close thread").click()
    await page.get_by_role("link", name="general").click()
    await expect(await ask(page, "/msc who mentioned the lamp")).to_contain_text("will burn again")


LAMP = "Lighthouse to be lit\n\n“The lamp will burn again before winter,” said Mayor Ada Holm on Tuesday.\n"


async def test_an_admin_changes_the_settings_at_home(browser: Browser, address: str) -> None:
    page = await opened(browser, address, "?user=carla")
    await page.get_by_role("link", name="msc-bot").click()
    home = page.locator(".home-blocks")
    await home.get_by_role("button", name="Change settings").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Everybody in this workspace").check()
    await form.get_by_label("No reports").check()
    await form.get_by_role("button", name="Save").click()
    await expect(home).to_contain_text("Everybody may add articles.")
    await expect(home).to_contain_text("Reports of mistakes are switched off.")


async def test_the_themes_of_the_day_open_from_the_home(page: Page) -> None:
    await page.get_by_role("link", name="msc-bot").click()
    await page.locator(".home-blocks").get_by_role("button", name="Show with quotations").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Themes of 16 Feb 2026")
