"""Types written as text, as item definitions and ``typeRef`` attributes have them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel.adopt import normalized
from engine.feel.compiler.typing import build_type
from engine.feel.syntax.whole import parse_type_expression
from engine.feel.types import FeelType


def parse_type(text: str, named: Mapping[str, FeelType] | None = None) -> FeelType:
    """``list<number>`` or a name of ``named``; raises ``FeelError`` for an unknown one."""
    known = named or {}
    if text in known:
        return known[text]
    return build_type(parse_type_expression(normalized(text)), known)
