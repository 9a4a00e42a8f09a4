"""Walk all roots, some hundred at a time: chains, then the rows they lead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from engine.domain.ids import DefinitionRef
from engine.store import proofs
from engine.store.audit.chains import broken_links
from engine.store.audit.findings import Trouble, row
from engine.store.audit.projections import FREE, differences
from engine.store.audit.raw import as_bytes, columns
from engine.store.audit.replay import Replayed, replay
from engine.store.rows import Row
from engine.store.tables import (
    account,
    decision_instance,
    deployment_resource,
    event,
    job,
    process_definition,
    root,
    task_candidate,
    user_task,
)

AT_ONCE = 200


class History:
    """One examination of every root of a database."""

    def __init__(self, connection: Connection, only: int | None = None) -> None:
        self._connection = connection
        self._only = only
        self._definitions: dict[int, DefinitionRef] = {}
        self._accounts: dict[int, tuple[bytes, str, tuple[object, int]]] = {}
        self._files: dict[int, Mapping[str, str]] = {}
        self.roots = 0
        self.events = 0

    def troubles(self) -> Iterator[Trouble]:
        """Per root: the chain; and where the chain holds, its rows."""
        after = -1
        while batch := self._roots(after):
            after = batch[-1].key
            yield from self._examine(batch)
        if self._only is None:
            yield from self._accounts_changed()
            yield from self._files_changed()

    def _roots(self, after: int) -> Sequence[Any]:
        statement = (
            select(*columns(root)).where(root.c.key > after).order_by(root.c.key).limit(AT_ONCE)
        )
        if self._only is not None:
            statement = statement.where(root.c.key == self._only)
        return self._connection.execute(statement).all()

    def _examine(self, batch: Sequence[Any]) -> Iterator[Trouble]:
        keys = [one.key for one in batch]
        events: dict[int, list[Any]] = defaultdict(list)
        statement = select(*columns(event)).where(event.c.root_key.in_(keys))
        for found in self._connection.execute(statement.order_by(event.c.root_key, event.c.seq)):
            events[found.root_key].append(found)
        stored = self._stored(keys)
        for one in batch:
            own = events[one.key]
            self.roots, self.events = self.roots + 1, self.events + len(own)
            troubles = list(broken_links(one, own))
            yield from troubles
            if not troubles:
                yield from self._rows_of(one, own, stored.get(one.key, {}))

    def _rows_of(
        self, one: Any, events: Sequence[Any], stored: Mapping[Table, Sequence[Row]]
    ) -> Iterator[Trouble]:
        try:
            replayed = replay(one, events, self._definition)
        except (LookupError, TypeError, ValueError) as error:
            yield Trouble(
                place=row("root", key=one.key),
                sentence=f"has an event this release cannot read ({type(error).__name__})",
                severity="warning",
            )
            return
        yield from differences(one, replayed, stored)
        self._remember(one, events, replayed)

    def _stored(self, keys: Sequence[int]) -> Mapping[int, Mapping[Table, Sequence[Row]]]:
        found: dict[int, dict[Table, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for table in (*FREE, decision_instance):
            statement = select(*columns(table))
            if table is task_candidate:
                statement = statement.add_columns(user_task.c.root_key).join(
                    user_task, user_task.c.key == task_candidate.c.task_key
                )
                statement = statement.where(user_task.c.root_key.in_(keys))
            else:
                statement = statement.where(table.c.root_key.in_(keys))
            if table is job:
                statement = statement.where(job.c.kind != "INTERNAL")
            for held in self._connection.execute(statement):
                values = held._asdict()
                found[values["root_key"]][table].append(values)
        return found

    def _definition(self, key: int) -> DefinitionRef | None:
        if key not in self._definitions:
            for held in self._connection.execute(select(process_definition)):
                self._definitions[held.key] = DefinitionRef(
                    key=held.key,
                    process_id=held.process_id,
                    version=held.version,
                    version_tag=held.version_tag,
                    deployment_key=held.deployment_key,
                )
        return self._definitions.get(key)

    def _remember(self, one: Any, events: Sequence[Any], replayed: Replayed) -> None:
        self._files |= replayed.files
        if one.salt is None or not replayed.accounts:
            return
        # Several days change one account: the newest proof counts.
        when = (events[-1].at, one.key)
        for key, mark in replayed.accounts.items():
            known = self._accounts.get(key)
            if known is None or known[2] < when:
                self._accounts[key] = (as_bytes(one.salt), mark, when)

    def _accounts_changed(self) -> Iterator[Trouble]:
        found = self._connection.execute(select(*columns(account)))
        rows = {held.key: held._asdict() for held in found}
        for key, (salt, mark, _) in self._accounts.items():
            place = row("account", key=key)
            held = rows.pop(key, None)
            if held is None:
                yield Trouble(place=place, sentence="is missing: it was deleted")
            elif proofs.of_account(held, salt) != mark:
                yield Trouble(place=place, sentence="was changed without a command")
        for key in rows:
            place = row("account", key=key)
            yield Trouble(place=place, sentence="was added: no event tells of it")

    def _files_changed(self) -> Iterator[Trouble]:
        found: dict[int, dict[str, str]] = defaultdict(dict)
        for held in self._connection.execute(select(deployment_resource)):
            found[held.deployment_key][held.name] = held.sha256
        for key, files in self._files.items():
            for name in files.keys() | found[key].keys():
                if files.get(name) != found[key].get(name):
                    place = row("deployment_resource", deployment_key=key, name=name)
                    yield Trouble(place=place, sentence="was changed without a deployment")
