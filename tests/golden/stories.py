"""The spread of constructs a release's saved states hold: each story stops in the middle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.golden.saved import Action
from tests.unit.runtime.models import (
    COMPENSATE,
    ERROR,
    MESSAGE,
    ROOTS,
    SIGNAL,
    boundary,
    catch,
    end,
    event_sub,
    job,
    script,
    start,
    sub,
    tasks,
    throw,
    timer,
)
from tests.unit.runtime.world import Driver, World, chain, flow, process


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One process, what happens before it is saved, and what after."""

    body: str
    before: tuple[Action, ...] = ()
    rest: tuple[Action, ...]
    variables: Mapping[str, object] = field(default_factory=dict)
    called: str = ""

    def begin(self) -> Driver:
        """The instance, just started."""
        world = World()
        if self.called:
            world.deploy(process(self.called, process_id="child", extra=ROOTS), "child")
        return Driver(process(self.body, extra=ROOTS), self.variables, world=world)


def _gate(kind: str, name: str) -> str:
    return f'<{kind}Gateway id="{name}"/>'


def _loop(name: str, sequential: str) -> str:
    inner = (
        f'<multiInstanceLoopCharacteristics isSequential="{sequential}"><extensionElements>'
        '<zeebe:loopCharacteristics inputCollection="=papers" inputElement="paper" '
        'outputCollection="answers" outputElement="=answer"/></extensionElements>'
        "</multiInstanceLoopCharacteristics>"
    )
    return f'<userTask id="{name}">{inner}</userTask>'


def _undoable(name: str) -> str:
    return (
        f'<userTask id="{name}"/>'
        + boundary(f"b-{name}", name, COMPENSATE)
        + f'<userTask id="undo-{name}" isForCompensation="true"/>'
        f'<association id="as-{name}" associationDirection="One" sourceRef="b-{name}" '
        f'targetRef="undo-{name}"/>'
    )


STORIES: Mapping[str, Callable[[], Story]] = {
    "parallel": lambda: Story(
        body=start() + _gate("parallel", "f") + tasks("a", "b", "z") + _gate("parallel", "j")
        + end() + chain("s", "f", "a", "j", "z", "e") + chain("f", "b", "j"),
        before=(["complete", "a", {"x": 1}],),
        rest=(["complete", "b", {"y": 2}], ["complete", "z"]),
    ),
    "inclusive": lambda: Story(
        body=start() + _gate("inclusive", "f") + tasks("a", "b", "z") + _gate("inclusive", "j")
        + end() + flow("s", "f") + flow("f", "a", "=n &gt; 0") + flow("f", "b", "=n &gt; 1")
        + chain("a", "j", "z", "e") + chain("b", "j"),
        variables={"n": 5},
        before=(["complete", "b"],),
        rest=(["complete", "a"], ["complete", "z"]),
    ),
    "multi-instance-parallel": lambda: Story(
        body=start() + _loop("each", "false") + end() + chain("s", "each", "e"),
        variables={"papers": ["đơn", "bản sao", "ảnh"]},
        before=(["complete", "each", {"answer": "được"}],),
        rest=(["complete", "each", {"answer": 2}], ["complete", "each", {"answer": None}]),
    ),
    "multi-instance-sequential": lambda: Story(
        body=start() + _loop("each", "true") + end() + chain("s", "each", "e"),
        variables={"papers": ["đơn", "bản sao", "ảnh"]},
        before=(["complete", "each", {"answer": 1}],),
        rest=(["complete", "each", {"answer": 2}], ["complete", "each", {"answer": 3}]),
    ),
    "event-sub-process": lambda: Story(
        body=start() + tasks("a") + end() + chain("s", "a", "e")
        + event_sub("note", start("ns", MESSAGE, interrupting=False) + tasks("n") + end("ne")
                    + chain("ns", "n", "ne"))
        + event_sub("stop", start("ts", SIGNAL) + tasks("t") + end("te") + chain("ts", "t", "te")),
        before=(["message", "M"],),
        rest=(["message", "M"], ["complete", "n"], ["signal", "S"], ["complete", "t"]),
    ),
    "timers": lambda: Story(
        body=start() + tasks("a", "z") + end() + end("o") + end("p")
        + boundary("remind", "a", timer("Cycle", "R3/PT2H"), interrupting=False)
        + boundary("late", "a", timer("Duration", "P1D")) + catch("nap", timer("Duration", "PT1H"))
        + chain("s", "a", "e") + chain("remind", "o") + chain("late", "nap", "z", "p"),
        before=(["hours", 3],),
        rest=(["hours", 22], ["hours", 1], ["complete", "z"]),
    ),
    "event-gateway": lambda: Story(
        body=start() + _gate("eventBased", "g") + catch("m", MESSAGE)
        + catch("t", timer("Duration", "PT1H")) + end() + end("o") + chain("s", "g", "m", "e")
        + chain("g", "t", "o"),
        rest=(["hours", 2],),
    ),
    "call-activity": lambda: Story(
        body=start() + '<callActivity id="c"><extensionElements><zeebe:calledElement '
        'processId="child"/></extensionElements></callActivity>' + boundary("b", "c", ERROR)
        + tasks("z", "x") + chain("s", "c", "z") + chain("b", "x"),
        called=start("cs") + tasks("ca") + job("j") + end("ce") + chain("cs", "ca", "j", "ce"),
        variables={"fee": 12000},
        before=(["complete", "ca", {"seen": True}],),
        rest=(["error", "j", "E1"], ["complete", "x"]),
    ),
    "nested-scopes": lambda: Story(
        body=start() + sub("outer", start("os") + sub("inner", start("is") + tasks("i") + end("ie")
        + chain("is", "i", "ie")) + tasks("o") + end("oe") + chain("os", "inner", "o", "oe"))
        + script("count", "1 + 1", "two") + end() + chain("s", "outer", "count", "e"),
        rest=(["complete", "i"], ["complete", "o"]),
    ),
    "compensation-pending": lambda: Story(
        body=start() + _undoable("a") + _undoable("b") + tasks("d") + throw("undo", COMPENSATE)
        + end() + chain("s", "a", "b", "d", "undo", "e"),
        before=(["complete", "a", {"x": 1}], ["complete", "b"]),
        rest=(["complete", "d"], ["complete", "undo-b"], ["complete", "undo-a"]),
    ),
    "compensation-running": lambda: Story(
        body=start() + _undoable("a") + _undoable("b") + throw("undo", COMPENSATE) + end()
        + chain("s", "a", "b", "undo", "e"),
        before=(["complete", "a"], ["complete", "b"], ["complete", "undo-b"]),
        rest=(["complete", "undo-a"],),
    ),
}  # fmt: skip
