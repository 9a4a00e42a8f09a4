"""Random texts and random expressions: nothing but ``FeelError``, and soon."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.feel import (
    Environment,
    FeelError,
    Limits,
    compile_expression,
    compile_unary_tests,
    feel_equal,
    feel_literal,
    from_json,
)
from engine.feel.builtins.registry import BUILTINS

ENV = Environment(
    now=lambda: datetime(2026, 3, 2, tzinfo=UTC),
    limits=Limits(steps=20_000, items=5_000, characters=50_000),
)
CONTEXT = from_json(
    {"a": 1, "b": "hồ sơ", "c": [1, 2, None], "d": {"a": 5, "x y": [True]}, "e": None}
)
_WORDS = [
    "a",
    "b",
    "c",
    "d",
    "e",
    "x_y",
    "item",
    "partial",
    "?",
    "if",
    "then",
    "else",
    "for",
    "in",
    "return",
    "some",
    "every",
    "satisfies",
    "and",
    "or",
    "not",
    "between",
    "instance",
    "of",
    "number",
    "list",
    "<",
    ">",
    "=",
    "<=",
    ">=",
    "!=",
    "+",
    "-",
    "*",
    "/",
    "**",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ".",
    "..",
    "@",
    "1",
    "2.5",
    ".5",
    "1e3",
    "true",
    "false",
    "null",
    '"a"',
    '"\\u0111"',
    '@"2026-01-31"',
    '@"P1D"',
    '@"P1M"',
    '@"08:00:00"',
    '@"2026-01-31T08:00:00Z"',
    "function",
    "date",
    "and",
    "time",
    "'",
    "//",
    "/*",
    "*/",
    "đ",
    "0",
    "-1",
]
_SOUP = st.lists(
    st.one_of(st.sampled_from(_WORDS), st.sampled_from(sorted(BUILTINS))), max_size=25
).map(" ".join)
_LEAVES = st.sampled_from(
    [
        "a",
        "b",
        "c",
        "d",
        "e",
        "d.a",
        "c[1]",
        "0",
        "-1",
        "1.5",
        "1e30",
        '"x"',
        '"1"',
        "true",
        "null",
        "[]",
        "{}",
        '@"2026-01-31"',
        '@"P1D"',
        '@"P2M"',
        '@"08:00:00"',
        '@"2026-01-31T08:00:00+07:00"',
        "[1..3]",
        "(<5)",
        "[1,2,3]",
        "[{a:1},{a:2}]",
        "abs",
        "function(x)x",
        "function(x,y)x>y",
    ]
)


def _composed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    operators = st.sampled_from(
        ["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"]
    )
    calls = st.tuples(st.sampled_from(sorted(BUILTINS)), st.lists(inner, max_size=4))
    return st.one_of(
        st.tuples(inner, operators, inner).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
        calls.map(lambda call: f"{call[0]}({', '.join(call[1])})"),
        pair.map(lambda p: f"({p[0]})[{p[1]}]"),
        pair.map(lambda p: f"for i in ({p[0]}) return ({p[1]})"),
        pair.map(lambda p: f"some i in ({p[0]}) satisfies ({p[1]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"if {t[0]} then {t[1]} else {t[2]}"),
        pair.map(lambda p: f"[({p[0]})..({p[1]})]"),
        pair.map(lambda p: f"{{a: {p[0]}, k: {p[1]}}}"),
        inner.map(lambda p: f"({p}).a"),
        inner.map(lambda p: f"-({p})"),
        pair.map(lambda p: f"({p[0]})({p[1]})"),
        inner.map(lambda p: f"({p}) instance of list<number>"),
    )


_EXPRESSIONS = st.recursive(_LEAVES, _composed, max_leaves=12)
_SETTINGS = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


@_SETTINGS
@given(st.one_of(st.text(max_size=60), _SOUP))
def test_any_text_is_read_or_refused_with_a_place(text):
    try:
        value = compile_expression(text).evaluate(CONTEXT, ENV)
    except FeelError as error:
        position = getattr(error, "position", 0)

        assert 0 <= position <= len(text)
    else:
        assert feel_equal(value, value) in (True, False, None)


@_SETTINGS
@given(st.one_of(st.text(max_size=40), _SOUP))
def test_any_cell_is_read_or_refused(text):
    try:
        verdict = compile_unary_tests(text).test(CONTEXT["a"], CONTEXT, ENV)
    except FeelError as error:
        assert str(error)
    else:
        assert verdict in (True, False, None)


@_SETTINGS
@given(_EXPRESSIONS)
def test_any_expression_has_a_value_or_a_reason(text):
    expression = compile_expression(text)
    try:
        value, warnings = expression.evaluate_with_warnings(CONTEXT, ENV)
    except FeelError as error:
        assert str(error)
        return

    assert len(warnings) <= 100
    assert _same(value, expression.evaluate(CONTEXT, ENV))


def _same(one: object, other: object) -> bool:
    """Evaluating twice gives the same, also where FEEL's ``=`` is null."""
    try:
        return feel_literal(one) == feel_literal(other)
    except FeelError:
        return type(one) is type(other)


@_SETTINGS
@given(
    st.recursive(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(allow_nan=False, allow_infinity=False),
            st.text(),
            st.dates(),
            st.timedeltas(),
        ),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    )
)
def test_any_value_written_as_literal_is_read_back(value):
    ours = from_json(value)
    back = compile_expression(feel_literal(ours)).evaluate({})

    assert feel_literal(back) == feel_literal(ours)
