"""What an element sees: the variables of its scope and of every scope around it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, literal, select

from engine.store.tables import element_instance, variable


def seen_variables(*, named: bool) -> Select[Any]:
    """Per element of ``keys``: name, value and depth, the outermost scope first.

    A dictionary filled in this order ends with the innermost values. The walk
    stops at the process instance: a called process sees only what was mapped.
    """
    chain = (
        select(
            element_instance.c.key.label("element_key"),
            element_instance.c.key.label("scope_key"),
            element_instance.c.scope_key.label("outer_key"),
            literal(0, BigInteger).label("depth"),
        )
        .where(element_instance.c.key.in_(bindparam("keys", expanding=True)))
        .cte("scope_chain", recursive=True)
    )
    outer = element_instance.alias("outer_element")
    own = select(
        chain.c.element_key, chain.c.outer_key, outer.c.scope_key, (chain.c.depth + 1)
    ).select_from(chain.outerjoin(outer, outer.c.key == chain.c.outer_key))
    chain = chain.union_all(own.where(chain.c.outer_key.is_not(None)))
    statement = (
        select(chain.c.element_key, chain.c.depth, variable)
        .join_from(chain, variable, variable.c.scope_key == chain.c.scope_key)
        .order_by(chain.c.element_key, chain.c.depth.desc(), variable.c.name)
    )
    if named:
        statement = statement.where(variable.c.name.in_(bindparam("names", expanding=True)))
    return statement


ALL = seen_variables(named=False)
NAMED = seen_variables(named=True)
