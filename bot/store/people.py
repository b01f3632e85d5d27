"""Who appears in a workspace's articles: one person across articles and spellings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import EntityKind, Findings, Person
from bot.store import _identity
from bot.store.database import Database
from bot.store.tables import appearances, names, people

_LONGEST = 200  # characters of a name; what is longer is no name, and PostgreSQL could not index it


@dataclass(frozen=True, slots=True)
class StoredPerson:
    """A person of a workspace with the roles and aliases of all their articles."""

    id: int
    person: Person
    articles: tuple[int, ...]


async def listing(db: Database, workspace: str) -> list[StoredPerson]:
    """Return everybody in the workspace's articles, by name."""
    query = (
        select(
            people.c.id, people.c.name, people.c.kind, appearances.c.article_id,
            appearances.c.name.label("printed"), appearances.c.roles, appearances.c.aliases,
        )
        .join(appearances, appearances.c.person_id == people.c.id)
        .where(people.c.workspace == workspace, appearances.c.workspace == workspace)
        .order_by(people.c.name, people.c.id, appearances.c.article_id)
    )  # fmt: skip
    async with db.read() as connection:
        rows = (await connection.execute(query)).all()
    groups: dict[int, list[tuple[str, int, str, list[str], list[str]]]] = defaultdict(list)
    about = {}
    for person_id, name, kind, article_id, printed, roles, aliases in rows:
        about[person_id] = (name, EntityKind(kind))
        groups[person_id].append((name, article_id, printed, roles, aliases))
    return [
        StoredPerson(
            person_id,
            Person(
                name=about[person_id][0],
                kind=about[person_id][1],
                roles=_distinct(role for _, _, _, roles, _ in group for role in roles),
                aliases=_distinct(
                    form for name, _, printed, _, forms in group for form in (printed, *forms) if form != name
                ),
            ),
            tuple(dict.fromkeys(article_id for _, article_id, *_ in group)),
        )
        for person_id, group in groups.items()
    ]


def bounded(findings: Findings) -> Findings:
    """Return the findings with no name longer than what an index can hold; most are returned as they are."""
    if all(len(name) <= _LONGEST for name in _printed(findings)):
        return findings
    return replace(
        findings,
        people=tuple(
            replace(p, name=p.name[:_LONGEST], aliases=tuple(a[:_LONGEST] for a in p.aliases))
            for p in findings.people
        ),
        quotations=tuple(
            replace(q, speaker=q.speaker[:_LONGEST]) if q.speaker else q for q in findings.quotations
        ),
        mentions=tuple(replace(m, entity=m.entity[:_LONGEST]) for m in findings.mentions),
    )


async def register(
    connection: AsyncConnection, workspace: str, article_id: int, findings: Findings
) -> dict[str, int]:
    """Find or add the people of an article's findings; returns their ids by the article's canonical name."""
    found = _of(findings)
    position = {p.name: n for n, p in enumerate(findings.people)}
    ids = await _identify(connection, workspace, found)
    if found:
        await connection.execute(
            insert(appearances),
            [
                {
                    "article_id": article_id,
                    "name": p.name,
                    "workspace": workspace,
                    "person_id": ids[p.name],
                    "kind": p.kind.value,
                    "position": position.get(p.name),
                    "roles": list(p.roles),
                    "aliases": list(p.aliases),
                }
                for p in found
            ],
        )
    return ids


async def of_article(connection: AsyncConnection, workspace: str, article_id: int) -> tuple[Person, ...]:
    """Return the people that extraction named in an article, as that article gives them."""
    a = appearances.c
    query = (
        select(a.name, a.kind, a.roles, a.aliases)
        .where(a.workspace == workspace, a.article_id == article_id, a.position.is_not(None))
        .order_by(a.position)
    )
    return tuple(
        Person(name, EntityKind(kind), tuple(roles), tuple(aliases))
        for name, kind, roles, aliases in await connection.execute(query)
    )


async def withdraw(connection: AsyncConnection, workspace: str, article_id: int) -> list[int]:
    """Take an article's appearances out; returns the ids of those who appeared, for `prune`."""
    here = (appearances.c.workspace == workspace) & (appearances.c.article_id == article_id)
    ids = list((await connection.execute(select(appearances.c.person_id).where(here))).scalars())
    await connection.execute(delete(appearances).where(here))
    return ids


async def prune(connection: AsyncConnection, workspace: str, ids: list[int]) -> None:
    """Remove those of these people who appear nowhere any more."""
    if ids:
        mine = appearances.c.workspace == workspace
        elsewhere = select(appearances.c.person_id).where(mine, appearances.c.person_id.in_(ids))
        await connection.execute(
            delete(people).where(
                people.c.workspace == workspace, people.c.id.in_(ids), people.c.id.not_in(elsewhere)
            )
        )


async def _identify(connection: AsyncConnection, workspace: str, found: list[Person]) -> dict[str, int]:
    """Return each person's id; who is new is added, all at once and in this order."""
    keys = {p.name: _keys(p) for p in found}
    candidates = await _candidates(connection, workspace, sorted({k for ks in keys.values() for k in ks}))
    ids: dict[str, int] = {}
    leading: list[tuple[str, int]] = []
    new: list[Person] = []
    for person in found:
        person_id = _match(person, keys[person.name], candidates)
        if person_id is None:
            new.append(person)
            person_id = -len(new)  # until it has one
        ids[person.name] = person_id
        for key in keys[person.name]:
            if person_id not in {i for i, _ in candidates[key]}:
                candidates[key].append((person_id, person.name))
                leading.append((key, person_id))
    added = await _added(connection, workspace, new)
    await _lead(connection, workspace, [(key, added.get(i, i)) for key, i in leading])
    return {name: added.get(i, i) for name, i in ids.items()}


async def _candidates(
    connection: AsyncConnection, workspace: str, keys: list[str]
) -> defaultdict[str, list[tuple[int, str]]]:
    query = (
        select(names.c.key, people.c.id, people.c.name)
        .join(people, people.c.id == names.c.person_id)
        .where(names.c.workspace == workspace, people.c.workspace == workspace, names.c.key.in_(keys))
        .order_by(people.c.id)
    )
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for key, person_id, name in (await connection.execute(query)).all() if keys else ():
        found[key].append((person_id, name))
    return found


def _match(
    person: Person, keys: list[str], candidates: defaultdict[str, list[tuple[int, str]]]
) -> int | None:
    """Return the one person whom a key leads to; the name's own key before those of its aliases."""
    for key in keys:
        fitting = [(i, name) for i, name in candidates[key] if _identity.agree(person.name, name)]
        exact = [i for i, name in fitting if name == person.name]
        if exact or len({i for i, _ in fitting}) == 1:
            return exact[0] if exact else fitting[0][0]
    return None


async def _added(connection: AsyncConnection, workspace: str, new: list[Person]) -> dict[int, int]:
    """Add people; returns their ids by the numbers -1, -2, … of their places."""
    if not new:
        return {}
    rows = [{"workspace": workspace, "name": p.name, "kind": p.kind.value} for p in new]
    adding = insert(people).returning(people.c.id, sort_by_parameter_order=True)
    made = (await connection.execute(adding, rows)).scalars().all()
    return {-place: int(person_id) for place, person_id in enumerate(made, 1)}


async def _lead(connection: AsyncConnection, workspace: str, leading: list[tuple[str, int]]) -> None:
    rows = [{"workspace": workspace, "key": key, "person_id": i} for key, i in leading]
    if rows:
        await connection.execute(insert(names), rows)


def _keys(person: Person) -> list[str]:
    forms = [person.name, *(a for a in person.aliases if _identity.leads_alone(a))]
    return list(dict.fromkeys(_identity.key(form, person.kind) for form in forms))


def _of(findings: Findings) -> list[Person]:
    """Return the people of the findings, and speakers that no person stands for, in a fixed order."""
    found = {p.name: p for p in findings.people}
    for q in findings.quotations:
        if q.speaker is not None and q.speaker not in found:
            kind, roles = q.speaker_kind or EntityKind.PERSON, (q.role,) if q.role else ()
            found[q.speaker] = Person(q.speaker, kind, roles)
    return sorted(found.values(), key=lambda p: (p.kind, p.name))


def _printed(findings: Findings) -> Iterator[str]:
    for p in findings.people:
        yield from (p.name, *p.aliases)
    yield from (q.speaker for q in findings.quotations if q.speaker)
    yield from (m.entity for m in findings.mentions)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
