"""What an element sees: the variables of its scope and of every scope around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, literal, select

from engine.store.tables import element_instance, user_task, variable


def _seen(start: Select[Any]) -> Select[Any]:
    """Per element of ``start``: depth and variable rows, the outermost scope first.

    A dictionary filled in this order ends with the innermost values. The walk
    stops at the process instance: a called process sees only what was mapped.
    """
    chain = start.add_columns(
        element_instance.c.key.label("element_key"),
        element_instance.c.key.label("scope_key"),
        element_instance.c.scope_key.label("outer_key"),
        literal(0, BigInteger).label("depth"),
    ).cte("scope_chain", recursive=True)
    outer = element_instance.alias("outer_element")
    around = (
        select(
            chain.c.task_key,
            chain.c.element_key,
            chain.c.outer_key,
            outer.c.scope_key,
            chain.c.depth + 1,
        )
        .select_from(chain.outerjoin(outer, outer.c.key == chain.c.outer_key))
        # The process itself is an element whose scope is itself: there the walk ends.
        .where(chain.c.outer_key != chain.c.scope_key)
    )
    chain = chain.union_all(around)
    return (
        select(chain.c.task_key, chain.c.element_key, chain.c.depth, variable)
        .join_from(chain, variable, variable.c.scope_key == chain.c.scope_key)
        .order_by(chain.c.element_key, chain.c.depth.desc(), variable.c.name)
    )


def _of_elements() -> Select[Any]:
    start = select(literal(0, BigInteger).label("task_key")).where(
        element_instance.c.key.in_(bindparam("keys", expanding=True))
    )
    return _seen(start)


def of_tasks(where: ColumnElement[bool], names: Sequence[str] | None = None) -> Select[Any]:
    """What the tasks of the condition see."""
    start = (
        select(user_task.c.key.label("task_key"))
        .join_from(user_task, element_instance, element_instance.c.key == user_task.c.element_key)
        .where(where)
    )
    statement = _seen(start)
    return statement if names is None else statement.where(variable.c.name.in_(names))


ALL = _of_elements()
NAMED = ALL.where(variable.c.name.in_(bindparam("names", expanding=True)))
