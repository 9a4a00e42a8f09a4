"""YAML: nothing is guessed, every fault has file and line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.errors import InvalidInput
from engine.packages.coerce import coerce, line_of, part_of
from engine.packages.yaml import Items, Members, Scalar, parse


def plain(tree):
    if isinstance(tree, Scalar):
        return tree.text
    if isinstance(tree, Items):
        return [plain(one) for one in tree.items]
    return {name: plain(one) for name, one in tree.members.items()}


def test_every_scalar_is_text():
    text = (
        "code: 2.000815\nold: 1.013950\ntime: 15:00\nid: 0123\nyes: no\ndate: 2026-11-23\nnone:\n"
    )

    assert plain(parse(text, "a.yml")) == {
        "code": "2.000815",
        "old": "1.013950",
        "time": "15:00",
        "id": "0123",
        "yes": "no",
        "date": "2026-11-23",
        "none": "",
    }


def test_lines_are_kept():
    tree = parse("a:\n  - x\n  - b: 1\n    c: 2\nd: {e: 3}\n", "a.yml")

    assert line_of(tree, ["a", 1, "c"]) == 4
    assert line_of(tree, ["d", "e"]) == 5
    assert line_of(tree, ["d", "missing"]) == 5
    assert isinstance(tree, Members) and tree.lines == {"a": 1, "d": 5}


def test_text_is_composed():
    assert plain(parse("te\u0302n: Đa\u0300 Nă\u0303ng", "a.yml")) == {"tên": "Đà Nẵng"}


@pytest.mark.parametrize(
    ("source", "line", "code"),
    [
        ("a: [1, 2", 1, "yaml-syntax"),
        ("a: 1\n b: 2\n", 2, "yaml-syntax"),
        ("a: &x 1\nb: *x\n", 1, "yaml-anchor"),
        ("a: !!python/object:os.system 1", 1, "yaml-tag"),
        ("a: 1\nb: 2\na: 3\n", 3, "yaml-duplicate"),
        ("? [a]\n: 1\n", 1, "yaml-key"),
        ("", 1, "yaml-empty"),
        (b"a: 1\nb: \xff\n", 2, "yaml-encoding"),
        ("[" * 100_000, 1, "yaml-depth"),
        ("a: 1\n---\nb: 2\n", 3, "yaml-documents"),
        ("a: " + "[" * 100 + "]" * 100, 1, "yaml-depth"),
    ],
)
def test_what_is_refused_and_where(source, line, code):
    with pytest.raises(InvalidInput) as caught:
        parse(source, "a.yml")

    fault = caught.value.faults[0]
    assert (fault.code, fault.pointer) == (code, f"a.yml:{line}")
    assert fault.texts["vi"]


def test_a_bomb_of_aliases_is_refused_at_once():
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]

    with pytest.raises(InvalidInput):
        parse("\n".join(lines), "a.yml")


SCHEMA = {
    "type": "object",
    "properties": {
        "text": {"type": "string"},
        "whole": {"type": "integer"},
        "number": {"type": ["number", "null"]},
        "flag": {"type": "boolean"},
        "must": {"const": True},
        "choice": {"enum": ["1", "2"]},
        "both": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        "ref": {"$ref": "#/$defs/flag"},
        "list": {"type": "array", "items": {"type": "integer"}},
        "map": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    "$defs": {"flag": {"type": "boolean"}},
}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("text: 15", "15"),
        ("text: true", "true"),
        ("whole: 15", 15),
        ("whole: 015", "015"),
        ("whole: 1.0", "1.0"),
        ("number: 1.50", Decimal("1.50")),
        ("number: null", None),
        ("number:", None),
        ("flag: true", True),
        ("flag: yes", "yes"),
        ("must: true", True),
        ("choice: 1", "1"),
        ("both: 7", "7"),
        ("ref: false", False),
        ("list: [1, x]", [1, "x"]),
        ("map: {a: 1, b: true}", {"a": "1", "b": "true"}),
        ("free: 1", 1),
        ("free: '1'", "1"),
        ("free: 1e5", "1e5"),
        ("free: 0912", "0912"),
        ("free: null", None),
    ],
)
def test_types_come_from_the_schema(source, value):
    (found,) = coerce(parse(source, "a.yml"), SCHEMA, SCHEMA).values()

    assert found == value
    assert type(found) is type(value)


def test_a_part_can_take_other_types():
    tree = parse("a: [{b: 12}]", "a.yml")

    part = part_of(tree, ["a", 0])

    assert part is not None
    assert coerce(part, {"properties": {"b": {"type": "string"}}}, {}) == {"b": "12"}
    assert part_of(tree, ["a", 5]) is None
