"""Compensation and cancellation: undo what was done, last done first.

When a compensable activity completes, its owner remembers it: id, local
variables, and what a sub-process itself remembered. Whoever throws takes the
records and owns the handlers, one after the other. A finished sub-process is
made again from its record, so that its handlers find its variables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.runtime import definitions as events
from engine.runtime.faults import Fault
from engine.runtime.token import ACT

if TYPE_CHECKING:
    from engine.runtime.token import Token

Record = list[Any]
"""[activity id, local variables as JSON texts (None: a loop's body), records of what it holds]"""


def remember(token: Token) -> None:
    """Called when an activity has completed, before its variables are history."""
    node: Any = token.task_spec
    inner = token.internal_data.get("log", [])
    if token.owner is None or node.is_for_compensation or "undo" in token.internal_data:
        return
    if not (inner or node.handler is not None or node.undo_sub is not None):
        return
    texts = token.workflow.scopes.texts(token.id)
    whole = node.loop is not None and token.iteration is None
    record = [node.name, None if whole else texts, inner]
    token.owner.internal_data.setdefault("log", []).append(record)


def begin(token: Token, activity: str | None) -> bool:
    """Start to undo for a throw event; False when there is nothing to undo."""
    records: list[Record] = []
    for scope in _scopes_of(token):
        records[:0] = _taken(scope, activity)
        if activity is not None and records:
            break
    token.internal_data["undo"] = records
    return resume(token)


def resume(token: Token) -> bool:
    """Undo the next record; False when all is undone."""
    stack: list[Record] = token.internal_data["undo"]
    while stack:
        name, texts, inner = stack.pop()
        node: Any = token.process.task_spec._wf_spec.task_specs[name]
        if texts is None:
            stack.extend(inner)
        elif node.handler is not None:
            _give_back(token.workflow.spawn(node.handler, token), texts)
            return True
        elif _again(token, node, texts, inner):
            return True
    return False


def cancel(token: Token) -> bool:
    """A cancel end event: clear the transaction, undo it; True when it must wait."""
    transaction = transaction_of(token)
    if cancel_boundary(transaction) is None:
        raise Fault(
            "UNHANDLED_ERROR_EVENT",
            f"'{token.task_spec.bpmn_id}' cancels a transaction without a cancel boundary event",
        )
    records: list[Record] = []
    level = token
    while level is not transaction:
        assert level.owner is not None  # noqa: S101  # the transaction owns the thrower
        token.workflow.clear(level.owner, spare=level)
        level = level.owner
        records[:0] = _taken(level, None)
    token.internal_data["undo"] = records
    if resume(token):
        return True
    leave_transaction(token)
    return True


def leave_transaction(token: Token) -> None:
    """All is undone: go on from the cancel boundary event."""
    transaction = transaction_of(token)
    boundary = cancel_boundary(transaction)
    if boundary is not None:
        boundary.fire(_host(transaction), {})


def transaction_of(token: Token) -> Token:
    """The innermost transaction around a token."""
    level = token.owner
    while level is not None:
        if getattr(level.task_spec, "is_transaction", False):
            return level
        level = level.owner
    raise Fault("UNHANDLED_ERROR_EVENT", f"'{token.task_spec.bpmn_id}' is not inside a transaction")


def cancel_boundary(transaction: Token) -> Any:
    """The cancel boundary event of a transaction, None without one."""
    for boundary in getattr(transaction.task_spec, "boundaries", ()):
        if any(isinstance(definition, events.Cancel) for definition in boundary.definitions):
            return boundary
    return None


def _host(transaction: Token) -> Token:
    body = transaction.owner
    return transaction if transaction.iteration is None or body is None else body


def _scopes_of(token: Token) -> list[Token]:
    # From an event sub-process what its surrounding scope has done is undone too.
    scopes: list[Token] = []
    level = token.owner
    while level is not None:
        scopes.append(level)
        if level.task_spec.element_type != "EVENT_SUB_PROCESS":
            break
        level = level.owner
    return scopes


def _taken(scope: Token, activity: str | None) -> list[Record]:
    """Take records out of a scope: what is undone once is not undone again."""
    done: list[Record] = scope.internal_data.get("log", [])
    taken = [record for record in done if activity in (None, record[0])]
    rest = [record for record in done if activity not in (None, record[0])]
    if rest:
        scope.internal_data["log"] = rest
    else:
        scope.internal_data.pop("log", None)
    return taken


def _again(token: Token, node: Any, texts: dict[str, str], inner: list[Record]) -> bool:
    """Make a finished sub-process again to undo inside it; False when nothing is in it."""
    if not inner and node.undo_sub is None:
        return False
    instance = token.workflow
    scope = instance.spawn(node, token, phase=ACT, internal={"undo": [], "i": 0})
    _give_back(scope, texts)
    if node.undo_sub is not None:
        scope.internal_data["log"] = inner
    else:
        scope.internal_data["undo"] = inner
    return True


def _give_back(made: Token, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        made.workflow.scopes.put_text(made.id, made.process.id, name, text)
