"""What may become what when an instance changes its definition; all faults at once.

The rules are those users of Camunda 8 know: same type, same scope, same kind
of loop and work, every active element in the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.domain.ids import Key
from engine.errors import Fault as Wrong
from engine.errors import InvalidInput, MigrationRefused
from engine.runtime.definitions import Message, Signal, Timer
from engine.runtime.event import BoundaryEvent
from engine.runtime.loop import MultiInstance
from engine.runtime.node import Node
from engine.runtime.spec import PROCESS

if TYPE_CHECKING:
    from engine.runtime.compiler import Definition
    from engine.runtime.token import Token


@dataclass(slots=True)
class Plan:
    """Where each token goes, and armed events that have no place any more."""

    names: Mapping[str, str]
    nodes: Mapping[str, Node]
    targets: dict[Key, Node] = field(default_factory=dict)
    dropped: list[Token] = field(default_factory=list)

    def becomes(self, name: str) -> str:
        """The id an element has in the new definition."""
        return self.names.get(name, name)


def checked(
    process: Token, tokens: list[Token], definition: Definition, mapping: Mapping[str, str]
) -> Plan:
    """The plan, or ``MigrationRefused`` with everything that does not fit."""
    old, new = process.task_spec._wf_spec.task_specs, definition.spec.task_specs
    _require_known(old, new, mapping)
    plan = Plan(mapping, new)
    wrong: list[Wrong] = []
    for token in tokens:
        name = token.task_spec.name
        if token.armed:
            _keep_or_drop(token, plan)
            continue
        if name not in mapping:
            sentence = f"'{name}' is active and has no place in the plan."
            wrong.append(Wrong(pointer=name, code="element-not-mapped", sentence=sentence))
            continue
        found = list(_faults(token, new[mapping[name]], plan))
        wrong += found
        plan.targets[token.id] = new[mapping[name]]
    wrong += _compensable((process, *tokens), plan)
    if wrong:
        raise MigrationRefused(
            f"The instance does not fit the plan: {wrong[0].sentence}",
            tuple(dict.fromkeys(wrong)),
        )
    return plan


def reads_alike(old: Any, new: Any) -> bool:
    """Do two event definitions say the same?"""
    if isinstance(new, Timer):
        return bool(old.kind == new.kind and old.value.text == new.value.text)
    if isinstance(new, Message):
        return bool(old.value.text == new.value.text and _key(old) == _key(new))
    if isinstance(new, Signal):
        return bool(old.value.text == new.value.text)
    return True


def ways(before: Node, after: Node, counts: list[int], plan: Plan) -> list[int]:
    """Arrivals of a join, each on its way in of the new definition."""
    found = [0] * max(len(after.incoming), 1)
    if len(counts) == 1:
        return [counts[0]]
    for flow, count in zip(before.incoming, counts, strict=True):
        place = _way(flow, after, plan)
        if count and place is not None:
            found[place] += count
    return found


def renamed(records: list[Any], plan: Plan) -> list[Any]:
    """What compensation remembers, under the new ids."""
    return [[plan.becomes(name), texts, renamed(inner, plan)] for name, texts, inner in records]


def _require_known(
    old: Mapping[str, Node], new: Mapping[str, Node], mapping: Mapping[str, str]
) -> None:
    faults = [
        Wrong(pointer=name, code="unknown-element", sentence=f"There is no element '{name}'.")
        for names, nodes in ((mapping, old), (mapping.values(), new))
        for name in names
        if name not in nodes or name == PROCESS
    ]
    if faults:
        raise InvalidInput(
            f"The plan names elements that are not there: {faults[0].sentence}",
            faults,
            code="unknown-element",
        )


def _keep_or_drop(token: Token, plan: Plan) -> None:
    node = token.task_spec
    target = plan.nodes.get(plan.becomes(node.name))
    fits = (
        target is not None
        and type(target) is type(node)
        and _stands_alike(node, target, plan)
        and [type(each) for each in node.definitions] == [type(each) for each in target.definitions]
    )
    if fits and target is not None:
        plan.targets[token.id] = target
    else:
        plan.dropped.append(token)


def _stands_alike(node: Node, target: Node, plan: Plan) -> bool:
    if isinstance(node, BoundaryEvent) and isinstance(target, BoundaryEvent):
        same = plan.becomes(node.host.name) == target.host.name
        return same and node.interrupting == target.interrupting
    return _container(node, plan) == (target.container.name if target.container else None)


def _container(node: Node, plan: Plan) -> str | None:
    if node.container is None:
        return None
    name = str(node.container.name)
    return name if node.container.is_process else plan.becomes(name)


def _faults(token: Token, target: Node, plan: Plan) -> Iterator[Wrong]:
    node = token.task_spec
    pair = f"'{node.name}' cannot become '{target.name}'"
    if type(node) is not type(target):
        kinds = f"{node.element_type} is no {target.element_type}"
        yield Wrong(pointer=node.name, code="type-changed", sentence=f"{pair}: {kinds}.")
        return
    if not _stands_alike(node, target, plan):
        yield Wrong(
            pointer=node.name, code="scope-changed", sentence=f"{pair}: it stands elsewhere."
        )
    if _loop(node) != _loop(target):
        yield Wrong(
            pointer=node.name, code="loop-changed", sentence=f"{pair}: it repeats otherwise."
        )
    if _works(node) != _works(target):
        sentence = f"{pair}: one asks for a job, the other does not."
        yield Wrong(pointer=node.name, code="work-changed", sentence=sentence)
    kinds_before = [type(each) for each in node.definitions]
    if kinds_before != [type(each) for each in target.definitions]:
        sentence = f"{pair}: it waits for or throws other kinds of events."
        yield Wrong(pointer=node.name, code="events-changed", sentence=sentence)
    if token.gathers and not _joins(token, target, plan):
        sentence = f"{pair}: a flow somebody came along is not there."
        yield Wrong(pointer=node.name, code="join-changed", sentence=sentence)


def _loop(node: Node) -> tuple[object, ...]:
    loop = getattr(node, "loop", None)
    if isinstance(loop, MultiInstance):
        return MultiInstance, loop.sequential, loop.output_collection, loop.item
    return (type(loop),)


def _works(node: Node) -> tuple[bool, bool]:
    return getattr(node, "job", None) is not None, getattr(node, "decision", None) is not None


def _joins(token: Token, target: Node, plan: Plan) -> bool:
    counts: list[int] = token.internal_data["in"]
    if len(counts) == 1:
        return len(target.incoming) < 2 or getattr(target, "start_quantity", 1) > 1
    return all(
        not count or _way(flow, target, plan) is not None
        for flow, count in zip(token.task_spec.incoming, counts, strict=True)
    )


def _way(flow: Any, target: Node, plan: Plan) -> int | None:
    """The way in of the same id, else the only one from the same source."""
    for place, other in enumerate(target.incoming):
        if other.id == flow.id:
            return place
    source = plan.becomes(flow.source.name)
    same = [place for place, other in enumerate(target.incoming) if other.source.name == source]
    return same[0] if len(same) == 1 else None


def _compensable(tokens: tuple[Token, ...], plan: Plan) -> Iterator[Wrong]:
    for token in tokens:
        if "undo" in token.internal_data:
            sentence = f"'{token.task_spec.name}' undoes something just now."
            yield Wrong(
                pointer=token.task_spec.name, code="compensation-running", sentence=sentence
            )
        for name in token.internal_data.get("todo", ()):
            if plan.becomes(name) not in plan.nodes:
                sentence = f"'{name}' is still to come and has no place in the plan."
                yield Wrong(pointer=name, code="element-not-mapped", sentence=sentence)
        for name in _names(token.internal_data.get("log", [])):
            target = plan.nodes.get(plan.becomes(name))
            undoes = getattr(target, "handler", None) or getattr(target, "undo_sub", None)
            if target is None or not (undoes or hasattr(target, "event_subs")):
                sentence = f"'{name}' is done and can be undone; the target cannot undo it."
                yield Wrong(pointer=name, code="compensation-not-mapped", sentence=sentence)


def _names(records: list[Any]) -> Iterator[str]:
    for name, _, inner in records:
        yield name
        yield from _names(inner)


def _key(definition: Message) -> str | None:
    return None if definition.correlation is None else definition.correlation.text
