"""Rows of law in CSV: a column per member, ``name.vi`` for one inside, an empty cell for none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from jsonschema_rs import Draft202012Validator

from engine.domain.law import LawRow
from engine.domain.text import nfc
from engine.errors import Fault, InvalidInput
from engine.packages.coerce import Schema
from engine.packages.document import schema_reason
from engine.packages.law.schema import Shape
from engine.packages.law.texts import read_defaults

_TRUTH = {"true": True, "false": False}


def read_table(file: Path, name: str, shape: Shape) -> Iterator[tuple[Shape, LawRow, int]]:
    """Shape, row and line of each row of law."""
    sidecar = file.with_name(f"{file.stem}.defaults.yml")
    shared = read_defaults(sidecar, sidecar.name)
    for data, line in read_rows(file, name, shape.schema, shape.validator, shared):
        yield shape, shape.row(data), line


def read_rows(
    file: Path,
    name: str,
    schema: Schema,
    validator: Draft202012Validator,
    shared: Mapping[str, object],
) -> Iterator[tuple[dict[str, object], int]]:
    """Checked data and line of each row; after the last one, a refusal of all that were wrong."""
    try:
        text = nfc(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _refused(name, 1, "save it as UTF-8") from None
    reader = csv.DictReader(io.StringIO(text), strict=True)
    types = _types(schema, reader.fieldnames or (), name)
    faults: list[Fault] = []
    try:
        for cells in reader:
            line = reader.line_num
            if None in cells or None in cells.values():
                faults.append(_fault(name, line, "has more or fewer cells than the heading"))
                continue
            data = {**shared, **_data(cells, types)}
            if validator.is_valid(data):
                yield data, line
                continue
            for error in validator.iter_errors(data):
                where = ".".join(map(str, error.instance_path)) or "row"
                faults.append(_fault(name, line, f"{where}: {schema_reason(error)[1]}"))
    except csv.Error as error:
        raise _refused(name, reader.line_num, str(error)) from None
    if faults:
        raise InvalidInput(f"{name}: {len(faults)} faults.", faults, code="law-refused")


def _types(schema: Schema, columns: object, name: str) -> dict[str, str]:
    """Column to JSON type; a column the schema does not know is refused."""
    known: dict[str, str] = {}
    properties = schema["properties"]
    assert isinstance(properties, Mapping)  # noqa: S101 - our own file
    for member, rules in properties.items():
        inside = rules.get("properties")
        if isinstance(inside, Mapping):
            known |= {f"{member}.{one}": str(each.get("type")) for one, each in inside.items()}
        else:
            known[member] = str(rules.get("type"))
    unknown = [column for column in columns if column not in known]  # type: ignore[attr-defined]  # names
    if unknown or not columns:
        raise _refused(name, 1, f"unknown columns {', '.join(unknown)}; known: {', '.join(known)}")
    return known


def _data(cells: Mapping[str, str], types: Mapping[str, str]) -> dict[str, object]:
    data: dict[str, object] = {}
    for column, cell in cells.items():
        if not cell:
            continue
        member, _, inside = column.partition(".")
        value = _value(cell, types[column])
        if inside:
            words = data.setdefault(member, {})
            assert isinstance(words, dict)  # noqa: S101 - made here
            words[inside] = value
        else:
            data[member] = value
    return data


def _value(cell: str, kind: str) -> object:
    if kind == "boolean":
        return _TRUTH.get(cell, cell)
    if kind == "integer" and cell.lstrip("-").isdecimal():
        return int(cell)
    if kind == "array":
        return [part.strip() for part in cell.split(";") if part.strip()]
    return cell


def _fault(name: str, line: int, words: str) -> Fault:
    sentence = f"{name}, line {line}: {words}"
    return Fault(pointer=f"{name}:{line}", code="law-row", sentence=sentence)


def _refused(name: str, line: int, words: str) -> InvalidInput:
    fault = _fault(name, line, words)
    return InvalidInput(fault.sentence, [fault], code="law-refused")
