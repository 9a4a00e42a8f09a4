"""Random block-structured processes: what they are, how they look in BPMN, what they do.

A block writes its own XML and, independently of the engine, moves tokens of its
own: ``begin`` and ``done`` on the oracle's state. The identity of an open task
is its id and the numbers of the multi-instance rounds around it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import strategies as st

from tests.unit.runtime.models import ESCALATION, boundary, end, start, sub, throw
from tests.unit.runtime.world import chain, flow

Where = tuple[str, tuple[int, ...]]
After = Callable[[], None]


@dataclass
class Oracle:
    """Tokens as plain continuations: nothing of the engine is known here."""

    open: dict[Where, list[After]] = field(default_factory=dict)

    def wait(self, task: Where, after: After) -> None:
        self.open.setdefault(task, []).append(after)

    def complete(self, task: Where) -> None:
        waiting = self.open[task]
        after = waiting.pop(0)
        if not waiting:
            del self.open[task]
        after()

    def enabled(self) -> list[Where]:
        return sorted(task for task, waiting in self.open.items() for _ in waiting)


@dataclass
class Scope:
    """Tokens alive in a scope; ``ended`` runs when there is none left."""

    ended: After
    live: int = 0

    def one_less(self) -> None:
        self.live -= 1
        if self.live == 0:
            self.ended()


class Writer:
    """Ids in order, and the XML written so far."""

    def __init__(self) -> None:
        self._count = 0

    def name(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"


@dataclass
class Block:
    """``write`` gives XML, first and last id; ``begin`` moves the oracle."""

    def write(self, writer: Writer) -> tuple[str, str, str]:
        raise NotImplementedError

    def begin(self, oracle: Oracle, path: tuple[int, ...], scope: Scope, after: After) -> None:
        raise NotImplementedError


@dataclass
class Task(Block):
    id: str = ""

    def write(self, writer: Writer) -> tuple[str, str, str]:
        self.id = writer.name("t")
        return f'<userTask id="{self.id}"/>', self.id, self.id

    def begin(self, oracle: Oracle, path: tuple[int, ...], scope: Scope, after: After) -> None:
        oracle.wait((self.id, path), after)


@dataclass
class Seq(Block):
    blocks: list[Block]

    def write(self, writer: Writer) -> tuple[str, str, str]:
        parts = [block.write(writer) for block in self.blocks]
        xml = "".join(part[0] for part in parts)
        for before, behind in pairwise(parts):
            xml += flow(before[2], behind[1])
        return xml, parts[0][1], parts[-1][2]

    def begin(self, oracle: Oracle, path: tuple[int, ...], scope: Scope, after: After) -> None:
        def at(index: int) -> None:
            if index == len(self.blocks):
                after()
            else:
                self.blocks[index].begin(oracle, path, scope, lambda: at(index + 1))

        at(0)


@dataclass
class Split(Block):
    """Gateways of one kind around branches; ``taken`` are those that run."""

    kind: str
    branches: list[Block]
    taken: set[int]

    def write(self, writer: Writer) -> tuple[str, str, str]:
        fork, join = writer.name("fork"), writer.name("join")
        default = f"{fork}-none"
        xml = f'<{self.kind}Gateway id="{fork}" default="{default}"/>'
        xml += f'<{self.kind}Gateway id="{join}"/>'
        if self.kind == "parallel":
            xml = xml.replace(f' default="{default}"', "")
        for index, branch in enumerate(self.branches):
            inner, first, last = branch.write(writer)
            condition = None if self.kind == "parallel" else str(index in self.taken).lower()
            xml += inner + flow(fork, first, condition) + flow(last, join)
        if self.kind != "parallel":
            xml += flow(fork, join, None, default)
        return xml, fork, join

    def begin(self, oracle: Oracle, path: tuple[int, ...], scope: Scope, after: After) -> None:
        chosen = sorted(self.taken)
        if self.kind == "exclusive":
            chosen = chosen[:1]
        elif self.kind == "parallel":
            chosen = list(range(len(self.branches)))
        left = [len(chosen)]

        def arrived() -> None:
            left[0] -= 1
            if left[0] == 0:
                after()

        if not chosen:
            after()
        for index in chosen:
            self.branches[index].begin(oracle, path, scope, arrived)


@dataclass
class Loop(Block):
    """A body repeated by a way back; the counter is local to a sub-process around it."""

    body: Block
    rounds: int

    def write(self, writer: Writer) -> tuple[str, str, str]:
        name, first, back, check, count = (
            writer.name(kind) for kind in ("loop", "first", "back", "check", "count")
        )
        inner, body_first, body_last = self.body.write(writer)
        zero = '<zeebe:ioMapping><zeebe:input source="=0" target="k"/></zeebe:ioMapping>'
        adds = '<zeebe:script expression="=k + 1" resultVariable="k"/>'
        xml = (
            f"<extensionElements>{zero}</extensionElements>"
            + start(first)
            + f'<exclusiveGateway id="{back}"/>'
            + inner
            + f'<scriptTask id="{count}"><extensionElements>{adds}</extensionElements></scriptTask>'
            + f'<exclusiveGateway id="{check}" default="{check}-back"/>'
            + end(f"{name}-end")
            + chain(first, back, body_first)
            + chain(body_last, count, check)
            + flow(check, f"{name}-end", f"k &gt;= {self.rounds}")
            + flow(check, back, None, f"{check}-back")
        )
        return sub(name, xml), name, name

    def begin(self, oracle: Oracle, path: tuple[int, ...], scope: Scope, after: After) -> None:
        inner = Scope(after, 1)

        def again(done: int) -> None:
            if done == self.rounds:
                inner.one_less()
            else:
                self.body.begin(oracle, path, inner, lambda: again(done + 1))

        again(0)


@dataclass
class Multi(Block):
    """A multi-instance sub-process."""

    body: Block
    count: int
    sequential: bool

    def write(self, writer: Writer) -> tuple[str, str, str]:
        name, first = writer.name("multi"), writer.name("first")
        inner, body_first, body_last = self.body.write(writer)
        loop = (
            f'<multiInstanceLoopCharacteristics isSequential="{str(self.sequential).lower()}">'
            f"<loopCardinality>{self.count}</loopCardinality></multiInstanceLoopCharacteristics>"
        )
        xml = loop + start(first) + inner + flow(first, body_first)
        return sub(name, xml + end(f"{name}-end") + flow(body_last, f"{name}-end")), name, name

    def begin(self, oracle: Oracle, path: tuple[int, ...], scope: Scope, after: After) -> None:
        left = [self.count]

        def run(index: int) -> None:
            inner = Scope(lambda: ended(index), 1)
            self.body.begin(oracle, (*path, index + 1), inner, inner.one_less)

        def ended(index: int) -> None:
            left[0] -= 1
            if self.sequential and index + 1 < self.count:
                run(index + 1)
            elif left[0] == 0:
                after()

        if not self.count:
            after()
        for index in range(min(1, self.count) if self.sequential else self.count):
            run(index)


@dataclass
class Escalating(Block):
    """A sub-process that escalates first; a non-interrupting border runs a way of its own."""

    body: Block
    handler: Block

    def write(self, writer: Writer) -> tuple[str, str, str]:
        name, first, thrown = (writer.name(kind) for kind in ("esc", "first", "throw"))
        inner, body_first, body_last = self.body.write(writer)
        aside, aside_first, aside_last = self.handler.write(writer)
        xml = sub(
            name,
            start(first)
            + throw(thrown, ESCALATION)
            + inner
            + end(f"{name}-end")
            + chain(first, thrown, body_first)
            + flow(body_last, f"{name}-end"),
        )
        border = boundary(f"{name}-b", name, ESCALATION, interrupting=False)
        xml += border + aside + end(f"{name}-aside") + flow(f"{name}-b", aside_first)
        return xml + flow(aside_last, f"{name}-aside"), name, name

    def begin(self, oracle: Oracle, path: tuple[int, ...], scope: Scope, after: After) -> None:
        inner = Scope(after, 1)
        scope.live += 1
        self.handler.begin(oracle, path, scope, scope.one_less)
        self.body.begin(oracle, path, inner, inner.one_less)


def blocks(leaves: int = 14) -> st.SearchStrategy[Block]:
    """Any block of at most so many leaves."""
    return st.recursive(st.builds(Task), _composite, max_leaves=leaves)


def _composite(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(inner, min_size=1, max_size=3)
    taken = st.sets(st.integers(0, 2))
    return st.one_of(
        st.builds(Seq, several),
        st.builds(_split, st.sampled_from(["exclusive", "parallel", "inclusive"]), several, taken),
        st.builds(Loop, inner, st.integers(1, 3)),
        st.builds(Multi, inner, st.integers(0, 3), st.booleans()),
        st.builds(Escalating, inner, inner),
    )


def _split(kind: str, branches: list[Block], taken: set[int]) -> Split:
    return Split(kind, branches, {index for index in taken if index < len(branches)})
