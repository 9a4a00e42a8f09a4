"""A wrong text gets a sentence that says what, where and how to mend it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from engine.feel import (
    FeelLimitError,
    FeelSyntaxError,
    compile_expression,
    compile_unary_tests,
)
from engine.feel.syntax import sentences


@pytest.mark.parametrize(
    ("text", "position", "sentence"),
    [
        ("", 0, "empty"),
        ("   ", 0, "empty"),
        ("1 +", 3, "Expected a value"),
        ("[1, 2", 5, "Expected ']' or ','"),
        ("(1", 2, "Expected ')'"),
        ("{a 1}", 4, "Expected ':' after the key"),
        ("{a: 1, a: 2}", 7, "'a' stands twice"),
        ("if a then b", 11, "FEEL always needs an else"),
        ("if a b", 6, "Expected 'then'"),
        ("for x return x", 6, "Expected 'in'"),
        ("for x in y", 10, "Expected 'return'"),
        ("some x in y return x", 12, "Expected 'satisfies'"),
        ("f(a: 1, 2)", 8, "Expected a name of a parameter"),
        ("a.5", 1, "Expected an operator"),
        ("a.[1]", 2, "Expected a name after '.'"),
        ("x instance of 5", 14, "Expected the name of a type"),
        ("x instance of list<number", 25, "to close the type's parameters"),
        ("1 between 2", 11, "Expected 'and'"),
        ('"abc', 0, 'put a double quote (")'),
        ("/* abc", 0, "put */ at its end"),
        ("'abc'", 0, "double quotes, not single"),
        ("“abc”", 0, "straight double quotes"),
        ("a == b", 3, "single '='"),
        ("a && b", 2, "write 'and'"),
        ("a || b", 2, "write 'or'"),
        ("!a", 0, "write 'not(...)'"),
        ("5 % 2", 2, "modulo(a, b)"),
        ("${a}", 0, "plain name"),
        ("1 2", 2, "Expected an operator"),
        ("1e9999", 0, "larger than FEEL can hold"),
        ("function(x) external {a: 1}", 12, "External functions"),
        ("[1..2", 5, "after the end of the range"),
    ],
)
def test_an_error_names_the_place_and_the_remedy(text, position, sentence):
    with pytest.raises(FeelSyntaxError) as error:
        compile_expression(text)

    assert error.value.position == position
    assert sentence in str(error.value)
    assert not error.value.words.vi.isascii()
    assert error.value.told.vi.startswith("Dòng ")


def test_every_purpose_and_expectation_is_said_in_vietnamese():
    said = set()
    for path in Path(sentences.__file__).parent.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                said |= {arg.value for arg in _spoken(call)}

    assert len(said) > 25
    known = sentences.PURPOSES.keys() | sentences.WANTED.keys()
    assert said <= known, said - known


def _spoken(call):
    place = {"expect_sign": 1, "expect_word": 1, "declared_name": 1, "error": 0}.get(call.func.attr)
    found = call.args[place : place + 1] if place is not None else []
    return [each for each in found if isinstance(each, ast.Constant)]


def test_texts_between_quotes_are_not_repeated():
    with pytest.raises(FeelSyntaxError) as error:
        compile_expression('a "Nguyễn Thị Ánh"')

    assert "Nguyễn" not in error.value.told.en + error.value.told.vi
    assert "found a text" in str(error.value)


def test_line_and_column_count_from_one():
    with pytest.raises(FeelSyntaxError) as error:
        compile_expression("1 +\n  2 +\n  * 3")

    assert (error.value.line, error.value.column) == (3, 3)
    assert str(error.value).startswith("Line 3, column 3: ")


@pytest.mark.parametrize("text", ["", "> ", "1,", "not(1", "- 1,,2", "> 5 6"])
def test_a_wrong_cell_is_refused(text):
    with pytest.raises(FeelSyntaxError):
        compile_unary_tests(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "1" + ")" * 5000,
        "[" * 5000,
        "{a:" * 5000,
        "if a then " * 5000,
        "f(" * 5000,
        "not(" * 5000,
        "x in (" * 5000,
        "a[" * 5000,
        "a instance of " + "list<" * 5000,
        "a" + ".b" * 5000,
        "a" + "[1]" * 5000,
        "a" + " instance of number" * 5000,
        "1" + " = 1" * 5000,
        "a" * 300_000,
    ],
)
def test_a_monstrous_text_is_refused(text):
    with pytest.raises((FeelLimitError, FeelSyntaxError)):
        compile_expression(text)


def test_long_flat_texts_are_fine(literal_of):
    assert literal_of("+".join(["1"] * 5000)) == "5000"
    assert literal_of(" and ".join(["true"] * 5000)) == "true"
    assert literal_of("-" * 5001 + "1") == "-1"
    assert literal_of(" else ".join(["if false then 1"] * 500) + " else 2") == "2"


@pytest.mark.parametrize(
    "text", ["x instance of a.if", "function(x: num.function(x: number) (1.5))"]
)
def test_keyword_behind_the_dot_of_a_type_is_named(text):
    with pytest.raises(FeelSyntaxError, match="no keyword"):
        compile_expression(text)
