"""A YAML file checked against one of our JSON Schemas: data, and a line for each fault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError

from engine.errors import InvalidInput
from engine.packages.coerce import Schema, coerce, line_of, part_of
from engine.packages.yaml import FileFault, Tree, file_fault, parse

_SCHEMAS = Path(__file__).parent / "schema"


@dataclass(frozen=True, slots=True)
class Document:
    """The data of one file; ``line`` finds where a part of it is written."""

    name: str
    data: Mapping[str, object]
    tree: Tree

    def line(self, *path: str | int) -> int:
        """The line of a part, counting from 1."""
        return line_of(self.tree, path)

    def typed(self, rules: Schema, *path: str | int) -> object:
        """A part with the types of another schema, such as a form's answers; None if absent."""
        tree = part_of(self.tree, path)
        return None if tree is None else coerce(tree, rules, rules)


@cache
def schema(kind: str) -> Schema:
    """One of the schemas that come with this package: ``procedure``, ``scenario`` ..."""
    loaded: Schema = json.loads((_SCHEMAS / f"{kind}.schema.json").read_text("utf-8"))
    return loaded


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(dict(schema(kind)), validate_formats=True)


def read(source: str | bytes, name: str, kind: str) -> Document:
    """The file's data; ``InvalidInput`` lists every fault as ``file, line n: ...``."""
    tree = parse(source, name)
    data = coerce(tree, schema(kind), schema(kind))
    faults = [schema_fault(error, tree, name) for error in _validator(kind).iter_errors(data)]
    if faults or not isinstance(data, dict):
        first = faults[0].sentence if faults else f"{name}: must be a mapping"
        raise InvalidInput(first, faults, code="yaml-schema")
    return Document(name, data, tree)


def schema_fault(error: ValidationError, tree: Tree, name: str) -> FileFault:
    """What a schema found, at the line where it is written."""
    path: list[str | int] = list(error.instance_path)
    kind, details = error.kind.name, error.kind.as_dict()
    if kind == "additionalProperties":
        path.append(str(details["unexpected"][0]))
    where = ".".join(map(str, path)) or name
    vi, en = schema_reason(error)
    line = line_of(tree, path)
    return file_fault(name, line, f"yaml-{kind}", f"{where}: {vi}", f"{where}: {en}")


def schema_reason(error: ValidationError) -> tuple[str, str]:
    """The fault in words, Vietnamese and English."""
    kind: str = error.kind.name
    details: Mapping[str, Any] = error.kind.as_dict()
    if kind == "additionalProperties":
        unknown = ", ".join(map(str, details["unexpected"]))
        return f"không có mục này trong mẫu: {unknown}", f"no such member: {unknown}"
    if kind == "required":
        return f"thiếu mục {details['property']}", f"{details['property']} is missing"
    if kind == "type":
        kinds = ", ".join(details["types"])
        return f"phải là {kinds}", f"must be {kinds}"
    if kind == "enum":
        choices = ", ".join(map(str, details["options"]))
        return f"phải là một trong: {choices}", f"must be one of: {choices}"
    if kind == "pattern":
        return f"phải có dạng {details['pattern']}", f"must match {details['pattern']}"
    if kind == "format":
        return f"không đúng dạng {details['format']}", f"is no {details['format']}"
    limit = details.get("limit", "")
    return f"trái quy tắc {kind} {limit}".strip(), f"breaks the rule {kind} {limit}".strip()
