"""FEEL, the expression language of DMN 1.5, as a pure library.

Numbers are decimals of 34 digits, evaluation is bounded and has no side effects,
faults make null and a warning. Only ``FeelError`` and its two kinds are raised.
"""

from __future__ import annotations

from engine.feel.adopt import from_datetime, from_json, normalized, to_datetime
from engine.feel.errors import (
    FeelError,
    FeelLimitError,
    FeelSyntaxError,
    FeelWarning,
    NoValue,
)
from engine.feel.evaluation import DEFAULT, Environment, Evaluation, Limits
from engine.feel.explain import Step
from engine.feel.expression import (
    Expression,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
)
from engine.feel.inspection import (
    Inspection,
    inspect_expression,
    inspect_tests,
    warning_json,
)
from engine.feel.json_values import to_json
from engine.feel.operators.equality import feel_equal, feel_is
from engine.feel.operators.membership import is_in
from engine.feel.operators.ordering import compare
from engine.feel.printing import display, feel_literal, string_of
from engine.feel.reasons import reason
from engine.feel.type_text import parse_type
from engine.feel.types import (
    ANY,
    SIMPLE_TYPES,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    RangeType,
    is_instance,
)
from engine.feel.values.dates import FeelDate
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.functions import FeelFunction, HostFunction, Parameter
from engine.feel.values.kinds import type_of
from engine.feel.values.parse import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_temporal,
    parse_time,
)
from engine.feel.values.ranges import Range
from engine.feel.values.times import FeelDateTime, FeelTime

Warning = FeelWarning

__all__ = [
    "ANY",
    "DEFAULT",
    "SIMPLE_TYPES",
    "ContextType",
    "DaysDuration",
    "Environment",
    "Evaluation",
    "Expression",
    "FeelDate",
    "FeelDateTime",
    "FeelError",
    "FeelFunction",
    "FeelLimitError",
    "FeelSyntaxError",
    "FeelTime",
    "FeelType",
    "FeelWarning",
    "FunctionType",
    "HostFunction",
    "Inspection",
    "Limits",
    "ListType",
    "MonthsDuration",
    "NoValue",
    "Parameter",
    "Range",
    "RangeType",
    "Step",
    "UnaryTests",
    "Warning",
    "compare",
    "compile_expression",
    "compile_unary_tests",
    "display",
    "feel_equal",
    "feel_is",
    "feel_literal",
    "from_datetime",
    "from_json",
    "inspect_expression",
    "inspect_tests",
    "is_in",
    "is_instance",
    "normalized",
    "parse_date",
    "parse_date_time",
    "parse_duration",
    "parse_temporal",
    "parse_time",
    "parse_type",
    "reason",
    "string_of",
    "to_datetime",
    "to_json",
    "type_of",
    "warning_json",
]
