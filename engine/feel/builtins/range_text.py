"""A range read from a text: only literals may stand at its ends."""

from __future__ import annotations

from engine.feel.errors import FeelError, NoValue
from engine.feel.operators.arithmetic import negate
from engine.feel.operators.ordering import sign_of
from engine.feel.syntax.nodes import Call, Literal, Name, Negation, Node, RangeNode
from engine.feel.syntax.whole import parse_expression
from engine.feel.values.parse import parse_date, parse_date_time, parse_duration, parse_time
from engine.feel.values.ranges import Range

_CONSTRUCTORS = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_time,
    "duration": parse_duration,
}


def range_from_text(text: str) -> Range:
    """``[1..10)`` and the like; raises ``NoValue`` for anything else."""
    try:
        node = parse_expression(text)
    except FeelError:
        node = None
    if not isinstance(node, RangeNode):
        raise NoValue("range: the text is no range like [1..10]", "range")
    low, high = _end(node.low), _end(node.high)
    sign = sign_of(low, high)
    if sign is None or type(low) is not type(high) or sign > 0:
        raise NoValue("range: the ends must be of one type, the lower one first", "range")
    return Range(low, high, node.low_closed, node.high_closed)


def _end(node: Node) -> object:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Negation) and isinstance(node.operand, Literal):
        return negate(node.operand.value)
    if isinstance(node, Call) and isinstance(node.function, Name) and len(node.arguments) == 1:
        parse = _CONSTRUCTORS.get(node.function.name)
        argument = node.arguments[0]
        if parse and isinstance(argument, Literal) and isinstance(argument.value, str):
            return parse(argument.value)
    raise NoValue("range: the ends must be literals", "range")
