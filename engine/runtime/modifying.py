"""Change where the tokens of an instance stand: begin, move and end elements.

Activations come before terminations, so a scope that is emptied and filled
again lives on; a scope left empty ends with its owner. Refused with a code:
unknown or inactive elements, elements nothing can begin at, scopes that are
ambiguous or lie in a loop that does not run, work that undoes something.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.domain.ids import Key
from engine.errors import Conflict, InvalidInput
from engine.ports.repair import Activation, Modification, Move, ScopedVariables, Termination
from engine.runtime.activity import Activity
from engine.runtime.container import EventSubProcess, Scope, SubProcess
from engine.runtime.event import BoundaryEvent, StartEvent
from engine.runtime.node import Node
from engine.runtime.spec import PROCESS

if TYPE_CHECKING:
    from engine.runtime.instance import Instance
    from engine.runtime.token import Token


def modify(instance: Instance, process: Token, changes: Modification) -> None:
    """Apply all instructions to one root or called instance."""
    # What is begun here is never meant by an instruction beside it.
    moved = [(move, _meant(process, move.source)) for move in changes.move]
    ended = [token for _, sources in moved for token in sources]
    for termination in changes.terminate:
        ended += _meant(process, termination)
    for activation in changes.activate:
        _activate(process, activation, near=None)
    for move, sources in moved:
        for source in sources:
            _begin_for(process, move, source)
    owners = [_end(instance, token) for token in ended]
    for owner in owners:
        _close_empty(instance, owner)
    instance.settle()


def _begin_for(process: Token, move: Move, source: Token) -> None:
    ancestor = _scope_of(source).id if move.near == "source" else move.ancestor
    wanted = Activation(element_id=move.target_id, ancestor=ancestor, variables=move.variables)
    _activate(process, wanted, near=source)


# -- begin -----------------------------------------------------------------


def _activate(process: Token, wanted: Activation, near: Token | None) -> None:
    node = _target(process, wanted.element_id)
    scope, created = _scope_for(process, node, wanted.ancestor, near)
    token = scope.workflow.spawn(node, scope)
    made = {"": process, node.name: token} | {each.task_spec.name: each for each in created}
    _put(made, wanted.variables)


def _target(process: Token, element_id: str) -> Node:
    node = _node(process, element_id)
    undoes = isinstance(node, Activity) and node.is_for_compensation
    if undoes or isinstance(node, BoundaryEvent | StartEvent | EventSubProcess):
        raise InvalidInput(f"Nothing can begin at '{element_id}'.", code="not-a-beginning")
    return node


def _node(process: Token, element_id: str) -> Node:
    nodes = process.task_spec._wf_spec.task_specs
    node: Node | None = nodes.get(element_id)
    if node is None or element_id == PROCESS:
        raise InvalidInput(f"The process has no element '{element_id}'.", code="unknown-element")
    return node


def _scope_for(
    process: Token, node: Node, ancestor: Key | None, near: Token | None
) -> tuple[Token, list[Token]]:
    """The scope a new token belongs to, and the scopes that were begun for it."""
    levels = _containers(node)
    scope = process
    if ancestor is not None:
        scope = _ancestor(process, node, ancestor)
        place = levels.index(scope.task_spec) + 1 if scope is not process else 0
        levels = levels[place:]
    created: list[Token] = []
    for level in levels:
        found = [] if created else _running(scope, level, near)
        if len(found) > 1:
            raise InvalidInput(
                f"'{level.name}' runs {len(found)} times: name the one by its "
                "ancestorElementInstanceKey.",
                code="ambiguous-scope",
            )
        if found:
            scope = found[0]
        else:
            scope = _begin_scope(scope, level)
            created.append(scope)
    return scope, created


def _containers(node: Node) -> list[Node]:
    levels: list[Node] = []
    level = node.container
    while level is not None and not level.is_process:
        levels.insert(0, level)
        level = level.container
    return levels


def _ancestor(process: Token, node: Node, key: Key) -> Token:
    token = process.workflow.tasks.get(key)
    if token is None or token.process is not process:
        raise InvalidInput(f"{key} is not active in this instance.", code="unknown-scope")
    if token is process:
        return token
    if token.task_spec not in _containers(node) or token.is_body or token.armed:
        raise InvalidInput(f"{key} is no scope of '{node.name}'.", code="unknown-scope")
    return token


def _running(scope: Token, level: Node, near: Token | None) -> list[Token]:
    """Tokens of the inner scope; several of them give way to the one the source stands in."""
    found: list[Token] = []
    for child in _children(scope, level):
        found += _children(child, level) if child.is_body else [child]
    if len(found) > 1 and near is not None:
        own = [token for token in found if token in set(near.chain())]
        found = own or found
    return found


def _children(owner: Token, node: Node) -> list[Token]:
    tokens = (owner.workflow.tasks[key] for key in owner._children)
    return [token for token in tokens if token.task_spec is node and not token.armed]


def _begin_scope(owner: Token, level: Node) -> Token:
    if not isinstance(level, SubProcess) or level.loop is not None:
        raise InvalidInput(
            f"'{level.name}' does not run: a loop or event sub-process is not begun from inside.",
            code="scope-not-active",
        )
    # It begins nothing by itself: what belongs into it stands in it already.
    return owner.workflow.spawn(level, owner, internal={"start": []})


def _put(made: dict[str, Token], given: Iterable[ScopedVariables]) -> None:
    for each in given:
        token = made.get(each.scope_id)
        if token is None:
            raise InvalidInput(
                f"'{each.scope_id}' is not begun here: it has no scope for variables.",
                code="unknown-scope",
            )
        for name, value in each.variables.items():
            token.data.declare(name, value)


# -- end -------------------------------------------------------------------


def _meant(process: Token, wanted: Termination) -> list[Token]:
    tasks = process.workflow.tasks
    if wanted.element_key is not None:
        token = tasks.get(wanted.element_key)
        if token is None or token.process is not process or token.armed:
            raise InvalidInput(
                f"{wanted.element_key} is not active in this instance.", code="element-not-active"
            )
        found = [token]
    else:
        node = _node(process, wanted.element_id or "")
        found = [
            token
            for token in tasks.values()
            if token.task_spec is node
            and token.process is process
            and not token.armed
            # Instances of a loop go with their body.
            and token.iteration is None
        ]
        if not found:
            raise InvalidInput(
                f"'{wanted.element_id}' is not active in this instance.", code="element-not-active"
            )
    for token in found:
        _require_endable(token)
    return found


def _require_endable(token: Token) -> None:
    if token.task_spec.is_process:
        raise InvalidInput("An instance is ended by cancelling it.", code="instance-not-element")
    owner = token.owner
    if "undo" in token.internal_data or not (
        owner is not None and (owner.is_body or isinstance(owner.task_spec, Scope))
    ):
        raise Conflict(
            f"'{token.task_spec.bpmn_id}' undoes something: it is not ended half-way.",
            code="compensation-running",
        )


def _scope_of(token: Token) -> Token:
    owner = token.owner
    while owner is not None and owner.is_body:
        owner = owner.owner
    if owner is None:
        raise InvalidInput("An instance is not moved.", code="instance-not-element")
    return owner


def _end(instance: Instance, token: Token) -> Token | None:
    """Take it away unless an earlier instruction did; the owner that may be empty now."""
    if token.id not in instance.tasks:
        return None
    owner = token.owner
    if owner is not None and owner.is_body and "cut" in owner.internal_data:
        owner.internal_data["cut"] += 1
    instance.discard(token)
    return owner


def _close_empty(instance: Instance, owner: Token | None) -> None:
    """A scope somebody emptied has not completed: it ends, and what is empty then."""
    while owner is not None and owner.id in instance.tasks and owner.live == 0:
        above = owner.owner
        instance.discard(owner)
        owner = above
