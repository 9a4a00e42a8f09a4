"""Where the values of a form live: names, groups and lists as one tree, no place taken twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.errors import Fault
from engine.forms.model import STAR, Component, Path


@dataclass(slots=True)
class Node:
    """A name in the data: a leaf (``component``), an open object, or a list of rows."""

    component: Component | None = None
    children: dict[str, Node] = field(default_factory=dict)
    rows: Node | None = None
    conditional: bool = False

    def leaves(self, path: Path = ()) -> Iterator[tuple[Path, Node]]:
        """Every leaf and list below, with its path; STAR stands for a row's index."""
        for name, child in self.children.items():
            here = (*path, name)
            if child.component is not None:
                yield here, child
            if child.rows is not None:
                yield from child.rows.leaves((*here, STAR))
            yield from child.leaves(here)


def plant(components: Sequence[Component], faults: list[Fault]) -> Node:
    """The tree of a form; a place claimed twice is a fault."""
    root = Node()
    _plant(components, root, faults, conditional=False)
    return root


def _plant(
    components: Sequence[Component], root: Node, faults: list[Fault], *, conditional: bool
) -> None:
    for component in components:
        maybe = conditional or component.hide is not None
        if component.binding == "none":
            continue
        node = _reach(root, component, faults)
        if node is None:
            continue
        if component.binding == "group":
            _plant(component.children, node, faults, conditional=maybe)
            continue
        if node.component is not None or node.children:
            faults.append(_taken(component))
            continue
        node.component = component
        node.conditional = maybe
        if component.binding == "list":
            node.rows = Node()
            _plant(component.children, node.rows, faults, conditional=False)


def _reach(root: Node, component: Component, faults: list[Fault]) -> Node | None:
    node = root
    for step in component.steps:
        if node.component is not None:
            faults.append(_taken(component))
            return None
        node = node.children.setdefault(step, Node())
    if component.binding == "group" and node.component is not None:
        faults.append(_taken(component))
        return None
    return node


def _taken(component: Component) -> Fault:
    member = "key" if component.binding == "value" else "path"
    said = f"{'.'.join(component.steps)} is taken by another field of this form"
    return Fault(pointer=f"{component.pointer}/{member}", code="form-duplicate-key", sentence=said)
