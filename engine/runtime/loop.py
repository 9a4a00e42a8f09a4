"""Repetition of an activity: multi-instance (parallel, sequential) and standard loop.

One ``Loop`` object per activity, no wrapper specs. The body token owns the
instances; instance number ``i`` stands on the instance's token. Results are
collected in the body's scope and leave it when the body is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from engine.runtime import routing
from engine.runtime.expression import Expression, Feel, truth
from engine.runtime.faults import Fault
from engine.runtime.jsontext import dumps, loads
from engine.runtime.token import ENTER, LEAVE

if TYPE_CHECKING:
    from engine.runtime.token import Token

ITEMS = "loopItems"
"""Body variable of a sequential multi-instance: its collection as it was at the start."""
MAX_INSTANCES = 100_000


class Loop:
    """What repeats an activity; subclasses say how often."""

    def enter(self, body: Token) -> bool:
        """Arm the border, send the first instances; the body then waits."""
        raise NotImplementedError

    def instance_leaves(self, token: Token) -> None:
        """An instance is done: collect its result, ask the conditions (may fail)."""
        raise NotImplementedError

    def instance_finished(self, token: Token) -> None:
        """An instance is done for good: go on or stop (cannot fail)."""
        raise NotImplementedError

    def leave(self, body: Token) -> None:
        """All instances are done."""

    def drained(self, body: Token) -> None:
        """The body owns nothing any more."""
        body.wake(LEAVE)

    def restore(self, body: Token) -> None:
        """Count again what is not stored."""

    def spawn(self, body: Token, index: int) -> Token:
        """Instance ``index`` (from 0)."""
        token = body.workflow.spawn(body.task_spec, body, phase=ENTER, internal={"i": index})
        token.data.declare("loopCounter", index + 1)
        return token


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiInstance(Loop):
    """Once per item of a collection, or so many times."""

    sequential: bool = False
    collection: Expression | None = None
    cardinality: Feel | None = None
    item: str | None = None
    output_collection: str | None = None
    output_element: Feel | None = None
    output_item: str | None = None
    condition: Feel | None = None
    behavior: str = "All"
    thrown: Any = None
    """What ``behavior`` One or None throws when an instance completes."""

    def enter(self, body: Token) -> bool:
        items, count = self._extent(body)
        body.task_spec.arm(body)
        body.internal_data.update(n=count, done=0, cut=0)
        if self.output_collection is not None:
            body.data.declare(self.output_collection, [None] * count)
        if self.sequential and items is not None:
            body.data.declare(ITEMS, items)
        for index in range(min(count, 1) if self.sequential else count):
            self._spawn_with(body, index, items)
        self.restore(body)
        if not count:
            body.workflow.drains.append(body.id)
        return False

    def instance_leaves(self, token: Token) -> None:
        body = token.owner
        assert body is not None and body.counters is not None  # noqa: S101  # set in restore
        results = self._results(body)
        index, old = token.internal_data["i"], None
        if results is not None and self.output_element is not None:
            old = results[index]
            results[index] = loads(dumps(self.output_element.evaluate(token)))
        try:
            token.counters = _counters(body, ended=1, leaving=1)
            thrown = routing.prepare(token, self.thrown) if self._throws(body) else None
            stops = self.condition is not None and truth(
                self.condition, token, f"multi-instance '{token.task_spec.bpmn_id}'"
            )
            token.payload = stops, thrown
        except Fault:
            if results is not None:
                results[index] = old
            raise
        finally:
            token.counters = None

    def instance_finished(self, token: Token) -> None:
        body, instance = token.owner, token.workflow
        assert body is not None  # noqa: S101  # an instance has a body
        throws, (stops, thrown) = self._throws(body), token.payload
        body.internal_data["done"] += 1
        following = token.internal_data["i"] + 1
        if self.output_collection is not None:
            instance.collecting[body.id] = None
        if stops:
            others = [instance.tasks[key] for key in body._children if key != token.id]
            for other in others:
                if not other.armed:
                    instance.discard(other)
                    body.internal_data["cut"] += 1
        elif self.sequential and following < body.internal_data["n"]:
            self._spawn_with(body, following, None)
        self._recount(body, leaving=1)
        if throws:
            routing.throw(body, self.thrown, thrown, {})

    def _throws(self, body: Token) -> bool:
        if self.thrown is None or self.behavior == "All":
            return False
        return self.behavior == "None" or body.internal_data["done"] == 0

    def leave(self, body: Token) -> None:
        if self.output_collection is None:
            return
        self.flush(body)
        assert body.owner is not None  # noqa: S101  # an activity stands in a scope
        body.owner.data.write(self.output_collection, self._results(body))

    def restore(self, body: Token) -> None:
        self._recount(body, leaving=0)

    def _recount(self, body: Token, *, leaving: int) -> None:
        if "n" not in body.internal_data:
            return  # parked before it knew how many
        kept = {} if body.counters is None else body.counters
        body.counters = _counters(body, leaving=leaving)
        if self.output_collection in kept:
            body.counters[self.output_collection] = kept[self.output_collection]

    def flush(self, body: Token) -> None:
        """Write the results collected in this step into the body's scope."""
        if self.output_collection is not None:
            body.data.declare(self.output_collection, self._results(body))

    def _results(self, body: Token) -> list[object] | None:
        name, counters = self.output_collection, body.counters
        if name is None or counters is None:
            return None
        if name not in counters:
            stored = body.workflow.scopes.get(body.id, name)
            size = body.internal_data["n"]
            counters[name] = list(stored) if isinstance(stored, list) else [None] * size
        return cast("list[object]", counters[name])

    def _extent(self, body: Token) -> tuple[list[Any] | None, int]:
        where = body.task_spec.bpmn_id
        if self.collection is not None:
            items = self.collection.evaluate(body)
            if not isinstance(items, list):
                raise Fault(
                    "EXTRACT_VALUE_ERROR",
                    f"input collection '{self.collection.text}' of '{where}' must be a list",
                )
            count = len(items)
        else:
            items, count = None, self._cardinality(body)
        if count > MAX_INSTANCES:
            raise Fault(
                "EXTRACT_VALUE_ERROR", f"'{where}' would have more than {MAX_INSTANCES} instances"
            )
        return items, count

    def _cardinality(self, body: Token) -> int:
        assert self.cardinality is not None  # noqa: S101  # the parser demands one of both
        value = self.cardinality.evaluate(body)
        if isinstance(value, Decimal) and value == value.to_integral_value() and value >= 0:
            return int(value)
        raise Fault(
            "EXTRACT_VALUE_ERROR",
            f"loop cardinality '{self.cardinality.text}' must be a whole number from 0 up",
        )

    def _spawn_with(self, body: Token, index: int, items: list[Any] | None) -> None:
        token = self.spawn(body, index)
        if self.collection is not None and self.item is not None:
            if items is None:
                items = body.workflow.scopes.get(body.id, ITEMS)  # type: ignore[assignment]  # stored as a list
            assert items is not None  # noqa: S101  # kept since the body entered
            token.data.declare(self.item, items[index])
        if self.output_item is not None and self.output_item != self.item:
            token.data.declare(self.output_item, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardLoop(Loop):
    """While a condition holds, at most so many times."""

    condition: Feel | None = None
    maximum: int | None = None
    test_before: bool = False

    def enter(self, body: Token) -> bool:
        goes = self.maximum != 0 and (not self.test_before or self._asks(body, 0))
        body.task_spec.arm(body)
        if goes:
            self.spawn(body, 0)
        else:
            body.workflow.drains.append(body.id)
        return False

    def instance_leaves(self, token: Token) -> None:
        done = token.internal_data["i"] + 1
        token.payload = (self.maximum is None or done < self.maximum) and self._asks(token, done)

    def instance_finished(self, token: Token) -> None:
        body = token.owner
        if token.payload and body is not None:
            self.spawn(body, token.internal_data["i"] + 1)

    def _asks(self, token: Token, done: int) -> bool:
        if self.condition is None:
            return True
        token.counters = {"loopCounter": Decimal(done)}
        try:
            return truth(self.condition, token, f"loop '{token.task_spec.bpmn_id}'")
        finally:
            token.counters = None


def _counters(body: Token, *, ended: int = 0, leaving: int = 0) -> dict[str, object]:
    state = body.internal_data
    done, cut = state["done"] + ended, state["cut"]
    return {
        "numberOfInstances": Decimal(state["n"]),
        "numberOfActiveInstances": Decimal(max(body.live - leaving, 0)),
        "numberOfCompletedInstances": Decimal(done),
        "numberOfTerminatedInstances": Decimal(cut),
    }
