"""Variables in scopes of their own, apart from the tree (JSON text per name).

A read looks from the token's own scope outwards; a write goes to the nearest
scope that has the name, else to the process. Writes of a turn are buffered,
so a failing turn leaves none. No value ever stands in the tree's rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING

from engine.domain.ids import Key
from engine.ports.runtime import VariableChange
from engine.runtime.jsontext import dumps, loads, nfc

if TYPE_CHECKING:
    from engine.runtime.token import Token


class Scopes:
    """All variables of a root: committed texts, the turn's buffer, the step's changes."""

    def __init__(self, rows: Mapping[Key, Mapping[str, str]]) -> None:
        self._texts: dict[Key, dict[str, str]] = {key: dict(row) for key, row in rows.items()}
        self._parsed: dict[tuple[Key, str], object] = {}
        self._buffer: dict[tuple[Key, str], tuple[Key, str]] = {}
        self._changes: dict[tuple[Key, str], tuple[Key, str]] = {}
        self.written: list[tuple[Key, str]] = []

    def has(self, key: Key, name: str) -> bool:
        """Is the name declared in this very scope?"""
        row = self._texts.get(key)
        return (row is not None and name in row) or (key, name) in self._buffer

    def get(self, key: Key, name: str) -> object:
        """The FEEL value of a name declared in this very scope."""
        place = (key, name)
        if place in self._buffer:
            return loads(self._buffer[place][1])
        if place not in self._parsed:
            self._parsed[place] = loads(self._texts[key][name])
        return self._parsed[place]

    def names(self, key: Key) -> list[str]:
        """Names declared in this very scope."""
        own = list(self._texts.get(key, ()))
        return own + [name for scope, name in self._buffer if scope == key and name not in own]

    def put(self, key: Key, instance_key: Key, name: str, value: object) -> None:
        """Declare or overwrite in this very scope (buffered until ``commit``)."""
        self._buffer[(key, nfc(name))] = (instance_key, dumps(value))

    def put_text(self, key: Key, instance_key: Key, name: str, text: str) -> None:
        """Like ``put`` with a value that is JSON text already."""
        self._buffer[(key, name)] = (instance_key, text)

    def texts(self, key: Key) -> dict[str, str]:
        """Name and JSON text of everything declared in this very scope."""
        found = dict(self._texts.get(key, {}))
        found.update({place[1]: row[1] for place, row in self._buffer.items() if place[0] == key})
        return found

    def copy(self, source: tuple[Key, str], key: Key, instance_key: Key) -> None:
        """The same JSON text under the same name in another scope, unparsed."""
        buffered = self._buffer.get(source)
        text = buffered[1] if buffered else self._texts[source[0]][source[1]]
        self._buffer[(key, source[1])] = (instance_key, text)

    def commit(self) -> None:
        """The turn succeeded: its writes count."""
        if not self._buffer:
            return
        for place, (instance_key, text) in self._buffer.items():
            row = self._texts.setdefault(place[0], {})
            if row.get(place[1]) == text:
                continue
            row[place[1]] = text
            self._parsed.pop(place, None)
            self._changes[place] = (instance_key, text)
            self.written.append(place)
        self._buffer.clear()

    def rollback(self) -> None:
        """The turn failed: its writes never were."""
        self._buffer.clear()

    def close(self, key: Key) -> bool:
        """Forget a scope that ended; was there anything in it?"""
        row = self._texts.pop(key, None)
        for name in row or ():
            self._parsed.pop((key, name), None)
        for place in [place for place in self._buffer if place[0] == key]:
            del self._buffer[place]
        return row is not None

    def drain(self) -> tuple[VariableChange, ...]:
        """What was written since the last step, closed scopes included."""
        written = tuple(
            VariableChange(scope_key=key, instance_key=instance_key, name=name, value=text)
            for (key, name), (instance_key, text) in self._changes.items()
        )
        self._changes.clear()
        return written


class View(MutableMapping[str, object]):
    """What a token sees: its scopes up to the process, innermost first."""

    __slots__ = ("_scopes", "_token")

    def __init__(self, token: Token) -> None:
        self._token = token
        self._scopes: Scopes = token.workflow.scopes

    def __getitem__(self, name: str) -> object:
        holder = self._holder(name)
        if holder is None:
            raise KeyError(name)
        counters = holder.counters
        if counters is not None and name in counters:
            return counters[name]
        return self._scopes.get(holder.id, name)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._holder(name) is not None

    def __setitem__(self, name: str, value: object) -> None:
        self.write(name, value)

    def __delitem__(self, name: str) -> None:
        raise TypeError("a variable is never deleted, only its scope ends")

    def __iter__(self) -> Iterator[str]:
        seen: dict[str, None] = {}
        for token in self._token.chain():
            seen.update(dict.fromkeys(token.counters or ()))
            seen.update(dict.fromkeys(self._scopes.names(token.id)))
        return iter(seen)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def write(self, name: str, value: object) -> None:
        """Camunda 8's rule: the nearest scope that has the name, else the process."""
        name = nfc(name)
        for token in self._token.chain():
            if self._scopes.has(token.id, name):
                break
        else:
            token = self._token.process
        self._scopes.put(token.id, token.process.id, name, value)

    def declare(self, name: str, value: object) -> None:
        """Make (or overwrite) a variable local to the token."""
        self._scopes.put(self._token.id, self._token.process.id, name, value)

    def _holder(self, name: str) -> Token | None:
        has = self._scopes.has
        for token in self._token.chain():
            if has(token.id, name) or (token.counters is not None and name in token.counters):
                return token
        return None
