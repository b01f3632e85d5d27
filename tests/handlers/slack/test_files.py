"""Files shared with the bot are read in: by admins, with progress, and every fault is a sentence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.extract import Extractor
from bot.fetch.addresses import Allowed
from bot.fetch.apart import Apart
from bot.fetch.manners import Manners
from bot.ingest import Pool
from bot.ingest.looking import Reader, Web
from bot.jobs import Embedded, Policy, looks
from bot.reference import Reference
from bot.services import Services, working
from bot.settings import Settings
from bot.store import articles
from handlers.slack.files import SCOPE
from handlers.slack.oauth import SCOPES
from handlers.standin import Message, Slack
from handlers.standin.values import BOT_SCOPES
from tests.handlers.slack.conftest import Connect, by_http

REPORT = (
    b"Lighthouse to be lit again\n\n"
    b"\xe2\x80\x9cThe lamp will burn again before winter,\xe2\x80\x9d said Mayor Ada Holm on Tuesday.\n\n"
    b"\xe2\x80\x9cThe repair costs less than the town has feared,\xe2\x80\x9d Siri Vang told reporters.\n"
)
PAGE = b"<html><head><title>Nets</title></head><body><article><p>" + REPORT + b"</p></article></body></html>"
MAIL = b"From: post@example.org\nSubject: Lighthouse\nContent-Type: text/plain; charset=utf-8\n\n" + REPORT


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """One language model for all of them, in a thread beside the event loop."""
    return Extractor(Reference(), Settings(_env_file=None).spacy_model)


@asynccontextmanager
async def reading(empty: Services, extractor: Extractor) -> AsyncIterator[Services]:
    """The services with jobs that are really done."""
    async with Pool(extractor, 1) as pool, Apart() as apart:
        web = Web(Allowed(), Manners(Allowed()), apart)
        reader = Reader(empty.db, extractor, web, pool)
        jobs = Embedded(empty.db, looks.functions(reader, Policy()), Policy())
        found = replace(empty, extractor=extractor, reader=reader, jobs=jobs)
        async with working(found, asyncio.Event()):
            yield found


@pytest.fixture
async def slack(empty: Services, extractor: Extractor) -> AsyncIterator[Slack]:
    """A Slack with the bot in it that reads for itself."""
    async with reading(empty, extractor) as found, Slack() as running, by_http(running, found):
        yield running


@pytest.fixture
async def both_ways(empty: Services, extractor: Extractor, connect: Connect) -> AsyncIterator[Slack]:
    """The same over both transports."""
    async with reading(empty, extractor) as found, Slack() as running, connect(running, found):
        yield running


async def shared(slack: Slack, files: dict[str, bytes], user: str = "carla", text: str = "") -> Message:
    """Share files in the direct conversation and return the last word about them."""
    done = await slack.dm(text, user, files=files)
    said = await slack.next(
        "posted", "edited", after=done, where=lambda m: m.bot_id and "Reading" not in m.text, seconds=60
    )
    assert isinstance(said, Message)
    return said


async def test_a_shared_file_is_read_in_with_progress_in_one_message(both_ways: Slack) -> None:
    slack = both_ways
    done = await slack.dm("", "carla", files={"lighthouse.txt": REPORT})
    progress = await slack.answer(done)
    assert progress.text == "Reading lighthouse.txt … (1 of 1)"
    told = await slack.next("edited", after=done, where=lambda m: "1 new" in m.words(), seconds=60)
    assert told.ts == progress.ts and told.thread
    assert "Lighthouse to be lit again: 2 quotations by 2 speakers" in told.words()
    answer = await slack.ask("#general", "/msc who mentioned the lamp")
    assert "The lamp will burn again before winter" in answer.words() and "Ada Holm" in answer.words()


@pytest.mark.parametrize("name", ["a.html", "a.eml", "a.md"])
async def test_pages_and_mails_are_read_as_well(slack: Slack, name: str) -> None:
    told = await shared(slack, {name: {"a.html": PAGE, "a.eml": MAIL}.get(name, REPORT)})
    assert "1 new" in told.words() and "quotations by 2 speakers" in told.words()


async def test_a_file_beside_a_mention_is_read_in_its_thread(slack: Slack) -> None:
    done = await slack.mention("#general", "please read this", "carla", files={"a.txt": REPORT})
    told = await slack.next("edited", after=done, where=lambda m: "1 new" in m.words(), seconds=60)
    assert told.thread and told.channel == slack.channel("#general").id


async def test_the_same_file_twice_is_one_article(slack: Slack, empty: Services) -> None:
    await shared(slack, {"a.txt": REPORT})
    assert "1 unchanged" in (await shared(slack, {"a.txt": REPORT})).words()
    assert await articles.count(empty.db, slack.team.id) == 1


async def test_others_are_told_to_ask_an_admin(slack: Slack, empty: Services) -> None:
    told = await shared(slack, {"a.txt": REPORT}, user="alice")
    assert "Only admins" in told.text
    assert await articles.count(empty.db, slack.team.id) == 0


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"picture.png": b"\x89PNG...."}, "of a kind that I can't read; I read .txt"),
        ({"a.txt": b"   "}, "a.txt: is empty"),
        ({"a.txt": b"\x00\x01\x02" * 900}, "a.txt: is binary"),
        ({"a.pdf": b"%PDF-1.4 nothing in it"}, "is a damaged PDF"),
        ({"a.txt": b"word " * 1_000_001}, "larger than 5 MB"),
        ({f"{n}.zip": b"x" for n in range(12)}, "more than 10 files"),
        ({"\xe2 <!channel>.txt": b""}, "is empty"),
    ],
    ids=["picture", "empty", "binary", "broken pdf", "large", "many", "odd name"],
)
async def test_what_cannot_be_read_says_why(slack: Slack, files: dict[str, bytes], reason: str) -> None:
    told = await shared(slack, files)
    assert reason in told.words() and "Traceback" not in told.words() and "<!" not in str(told.blocks)


async def test_good_files_are_read_beside_bad_ones(slack: Slack) -> None:
    told = await shared(slack, {"a.txt": REPORT, "b.txt": b"", "c.zip": b"PK"})
    assert "1 new" in told.words() and "2 failed" in told.words()


async def test_a_picture_beside_a_question_leaves_it_a_question(slack: Slack) -> None:
    told = await shared(slack, {"a.png": b"\x89PNG"}, text="who mentioned the lamp")
    assert "no articles yet" in told.words()


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
async def test_without_the_permission_it_is_named_and_nothing_is_taken_in(
    slack: Slack, empty: Services, name: str
) -> None:
    slack.without_scope("files:read")
    told = await shared(slack, {name: PAGE})
    assert "files:read" in told.words() and "Nothing was read in" in told.words()
    assert await articles.count(empty.db, slack.team.id) == 0


@pytest.mark.parametrize(
    "address", ["http://169.254.169.254/latest/", "https://files.slack.com.evil.example/a.txt", "", "::"]
)
async def test_the_token_never_leaves_slacks_own_house(slack: Slack, address: str) -> None:
    done = await slack.dm("", "carla", files={"a.txt": REPORT})
    await slack.next("edited", after=done, where=lambda m: "new" in m.words(), seconds=60)
    payload = {**done.payload, "event_id": "Ev1", "event": {**done.payload["event"], "ts": "9.9"}}
    file = {**payload["event"]["files"][0], "url_private_download": address, "url_private": address}
    payload["event"] |= {"files": [file], "thread_ts": done.payload["event"]["ts"]}
    mark = slack.mark()
    await slack.courier().deliver("events_api", payload)
    told = await slack.next("edited", after=mark, where=lambda m: bool(m.blocks) and "Reading" not in m.text)
    assert "lies outside of Slack" in told.words() or (not address and "1 unchanged" in told.words())


async def test_a_progress_message_that_is_gone_is_posted_anew(slack: Slack) -> None:
    slack.fail("chat.update", error="message_not_found")
    done = await slack.dm("", "carla", files={"a.txt": REPORT})
    told = await slack.next("posted", after=done, where=lambda m: "1 new" in m.words(), seconds=60)
    assert told.thread


async def test_a_failure_stands_in_the_place_of_the_progress(slack: Slack) -> None:
    slack.without_scope("files:read")
    done = await slack.dm("", "carla", files={"a.txt": REPORT})
    payload = {**done.payload, "event_id": "Ev2", "event": {**done.payload["event"], "ts": "9.9"}}
    file = {k: v for k, v in payload["event"]["files"][0].items() if not k.startswith("url_")}
    payload["event"] |= {"files": [file], "thread_ts": done.payload["event"]["ts"]}
    mark = slack.mark()
    await slack.courier().deliver("events_api", payload)
    told = await slack.next("edited", after=mark, where=lambda m: "files:read" in m.text)
    assert told.thread


def test_the_permission_is_one_that_the_app_asks_for() -> None:
    assert SCOPE in SCOPES and set(SCOPES) <= BOT_SCOPES
