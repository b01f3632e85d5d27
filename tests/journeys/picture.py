"""`python -m tests.journeys.picture`: takes the picture of the playground for the README anew."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

from bot.fetch import files
from bot.ingest import ingest
from bot.services import services
from bot.settings import Settings
from handlers.cli.play import started
from tests.journeys.conftest import FLAGS, SEEDS, opened

PICTURE = SEEDS.parent.parent / "deploy" / "pictures" / "playground.png"
QUESTION = "/msc what did Rubio say about migration"


async def take(chromium: str, folder: Path) -> None:
    """Ask one question in a playground of its own and keep what is seen."""
    settings = Settings(_env_file=None, data_dir=folder, port=0)
    async with services(settings) as found:
        await ingest(found.db, found.extractor, settings.workspace, files.read([str(SEEDS)]))
    async with started(settings) as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        await _asked(await opened(browser, address))
        await browser.close()


async def _asked(page: Page) -> None:
    await page.set_viewport_size({"width": 1180, "height": 720})
    await page.locator("#composer").fill(QUESTION)
    await page.locator("#composer").press("Enter")
    await page.locator("#list article blockquote").first.wait_for()
    await page.wait_for_timeout(500)
    await page.screenshot(path=PICTURE)


def main() -> None:
    """Take the picture, or say what is missing."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium on this machine; `apt-get install chromium` brings one")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(take(chromium, Path(folder)))
    sys.stdout.write(f"{PICTURE}: {PICTURE.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main()
