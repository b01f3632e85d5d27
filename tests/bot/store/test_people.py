"""One person over all articles, and two people stay two."""

from __future__ import annotations

import pytest

from bot.models import EntityKind, Findings, Person
from bot.store import Database, articles, findings, people
from tests.bot.store import _samples as samples

PERSON = EntityKind.PERSON


async def names(database: Database, workspace: str = "W1") -> list[str]:
    """Return the canonical names of everybody who is known."""
    return [p.person.name for p in await people.listing(database, workspace)]


async def told(database: Database, *groups: Findings) -> None:
    """Store one article for each group of findings."""
    for number, group in enumerate(groups):
        await articles.save(database, "W1", samples.article(f"{number}.txt"), group)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Volodymyr Zelenskyy", "Volodymyr Zelenskiy"),
        ("Donald Trump", "Donald J. Trump"),
        ("José Albares", "Jose Manuel Albares"),
        ("Mark Rutte", "Marc Rutte"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Ursula von der Leyen", "Ursula Von Der Leyen"),
        ("Robert Kennedy", "Robert F. Kennedy Jr."),
        ("Jean-Noël Barrot", "Jean Noel Barrot"),
    ],
)
async def test_spellings_and_middle_names_are_one_person(
    sqlite_database: Database, first: str, second: str
) -> None:
    await told(sqlite_database, samples.people(first), samples.people(second))

    (person,) = await people.listing(sqlite_database, "W1")
    assert person.person.name == first
    assert person.person.aliases == (second,)
    assert len(person.articles) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Hillary Clinton", "Bill Clinton"),
        ("George W. Bush", "George H. W. Bush"),
        ("Anna Maria Berg", "Anna Louise Berg"),
        ("Trump", "Donald Trump"),  # a surname alone is never guessed at
        ("Maria Sandu", "Marian Sandu"),
        (Person("Washington", EntityKind.PLACE), Person("Washington", EntityKind.PERSON)),
        (Person("Foreign Office", EntityKind.INSTITUTION), Person("Home Office", EntityKind.INSTITUTION)),
    ],
)
async def test_two_people_stay_two(
    sqlite_database: Database, first: Person | str, second: Person | str
) -> None:
    if isinstance(first, Person) and isinstance(second, Person) and first.name == second.name:
        await told(sqlite_database, samples.people(first), samples.people(second))
    else:
        await told(sqlite_database, samples.people(first, second))

    assert len(await people.listing(sqlite_database, "W1")) == 2


async def test_a_configured_alias_joins_what_spelling_could_not(database: Database) -> None:
    rubio = Person("Marco Rubio", PERSON, ("US Secretary of State",), ("Secretary Rubio", "Marco Antonio R."))
    await told(database, samples.people(rubio), samples.people("Secretary Rubio"))

    assert await names(database) == ["Marco Rubio"]


async def test_roles_and_aliases_come_from_all_articles_and_go_with_them(database: Database) -> None:
    await told(
        database,
        samples.people(Person("Ada Lind", PERSON, ("Mayor",), ("Lind",))),
        samples.people(Person("Ada B. Lind", PERSON, ("mayor of Harbour",))),
    )

    (ada,) = await people.listing(database, "W1")
    assert ada.person.roles == ("Mayor", "mayor of Harbour")
    assert ada.person.aliases == ("Lind", "Ada B. Lind")

    await articles.remove(database, "W1", ada.articles[0])
    (ada_alone,) = await people.listing(database, "W1")
    assert ada_alone.id == ada.id
    assert ada_alone.person.roles == ("mayor of Harbour",)

    await articles.remove(database, "W1", ada.articles[1])
    assert await people.listing(database, "W1") == []


async def test_quotations_carry_the_person_across_spellings(database: Database) -> None:
    def says(name: str) -> Findings:
        return Findings(quotations=(samples.quotation("We open on Monday,", name),))

    await told(database, says("Olena Kovalenko"), says("Olena Kovalenco"), says("Somebody"))

    listed = await articles.listing(database, "W1")
    by = {
        q.quotation.speaker: q.person_id
        for a in listed
        for q in await findings.quotations_of(database, "W1", a.id)
    }
    assert by["Olena Kovalenko"] == by["Olena Kovalenco"] != by["Somebody"]


async def test_replacing_an_article_keeps_the_ids_of_its_people(database: Database) -> None:
    await told(database, samples.people("Ada Lind"))
    (before,) = await people.listing(database, "W1")

    await articles.save(
        database, "W1", samples.article("0.txt", text="Other."), samples.people("Ada Lind", "Bo Berg")
    )

    assert {p.person.name: p.id for p in await people.listing(database, "W1")}["Ada Lind"] == before.id
