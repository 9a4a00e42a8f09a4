"""Reads the JSON of a form: every fault with its place.

A fault refuses the form. A warning says that a property is not honoured here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from engine.errors import Fault
from engine.forms.build import build
from engine.forms.catalogue import KINDS, SCHEMA_VERSION, Kind
from engine.forms.checks import Check, feel, whole
from engine.forms.expressions import Expression, compile_feel
from engine.forms.model import Component

MAX_COMPONENTS = 1_000
MAX_DEPTH = 12
_HEAD = {
    "type",
    "id",
    "components",
    "schemaVersion",
    "exporter",
    "executionPlatform",
    "executionPlatformVersion",
    "versionTag",
    "generated",
    "properties",
    "$schema",
}


class Reader:
    """Collects components, faults and warnings of one file."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self._ids: set[str] = set()
        self._count = 0

    def fault(self, pointer: str, code: str, sentence: str) -> None:
        self.faults.append(Fault(pointer=pointer, code=code, sentence=sentence))

    def warn(self, pointer: str, code: str, sentence: str) -> None:
        self.warnings.append(Fault(pointer=pointer, code=code, sentence=sentence))

    def head(self, tree: Mapping[str, object]) -> str:
        """Checks the form's own members and returns its id."""
        if tree.get("type") != "default":
            self.fault("/type", "form-type", 'a form has "type": "default"')
        form_id = tree.get("id")
        if not isinstance(form_id, str) or not re.fullmatch(r"[^\W\d][\w.\-]*", form_id):
            self.fault("/id", "form-id", "a form needs an id: a letter first, then letters or _-.")
            form_id = ""
        version = tree.get("schemaVersion", SCHEMA_VERSION)
        if whole(version) or not version:
            self.fault("/schemaVersion", "form-schema-version", "must be a whole number from 1")
        elif cast(int, version) > SCHEMA_VERSION:
            said = f"newer than {SCHEMA_VERSION}, which this engine knows; new parts may be refused"
            self.warn("/schemaVersion", "form-schema-version", said)
        for name in tree.keys() - _HEAD:
            self.warn(f"/{name}", "form-property", "not a property of a form; it is ignored")
        return form_id

    def components(self, items: object, pointer: str, depth: int = 1) -> tuple[Component, ...]:
        """The components of a form or container."""
        if not isinstance(items, list):
            self.fault(pointer, "form-components", "must be a list of components")
            return ()
        if depth > MAX_DEPTH:
            self.fault(pointer, "form-too-deep", f"more than {MAX_DEPTH} levels of containers")
            return ()
        found = (self.component(item, f"{pointer}/{n}", depth) for n, item in enumerate(items))
        return tuple(one for one in found if one is not None)

    def component(self, item: object, pointer: str, depth: int) -> Component | None:
        """One component, or None when it cannot be read."""
        self._count += 1
        if self._count > MAX_COMPONENTS:
            self.fault(pointer, "form-too-large", f"more than {MAX_COMPONENTS} components")
            return None
        if not isinstance(item, dict):
            self.fault(pointer, "form-component", "must be an object")
            return None
        kind = KINDS.get(str(item.get("type")))
        if kind is None:
            known = ", ".join(KINDS)
            self.fault(f"{pointer}/type", "form-component-type", f"unknown type; known: {known}")
            return None
        before = len(self.faults)
        self._properties(item, kind.properties, pointer)
        rules = self._object(item, "validate", pointer)
        self._properties(rules, kind.rules, f"{pointer}/validate")
        self._required_members(item, kind, pointer)
        hide = self._hide(item, pointer)
        children = (
            self.components(item.get("components", []), f"{pointer}/components", depth + 1)
            if kind.binding in ("group", "list")
            else ()
        )
        if len(self.faults) > before:
            return None
        return build(item, kind, rules, hide, children, pointer)

    def _properties(
        self, item: Mapping[str, object], known: Mapping[str, Check], pointer: str
    ) -> None:
        for name, value in item.items():
            check = known.get(name)
            if check is None:
                said = f"{name} does nothing here"
                self.warn(f"{pointer}/{name}", "form-property", said)
            elif reason := check(value):
                self.fault(f"{pointer}/{name}", "form-property", f"{name} {reason}")

    def _object(self, item: Mapping[str, object], name: str, pointer: str) -> dict[str, object]:
        found = item.get(name, {})
        if isinstance(found, dict):
            return found
        self.fault(f"{pointer}/{name}", "form-property", f"{name} must be an object")
        return {}

    def _required_members(self, item: Mapping[str, object], kind: Kind, pointer: str) -> None:
        component_id = item.get("id")
        if isinstance(component_id, str):
            if component_id in self._ids:
                self.fault(f"{pointer}/id", "form-duplicate-id", f"{component_id} is used twice")
            self._ids.add(component_id)
        needs: tuple[str, ...] = {"value": ("key",), "list": ("path",)}.get(kind.binding, ())
        if item["type"] == "expression":
            needs = ("key", "expression")
        elif item["type"] in ("table", "documentPreview"):
            needs = ("dataSource",)
        for name in needs:
            if name not in item:
                self.fault(f"{pointer}/{name}", "form-property", f"{name} is missing")
        if item["type"] == "dynamiclist" and item.get("isRepeating") is not True:
            said = "a dynamic list repeats (isRepeating: true); for one row use a group"
            self.fault(f"{pointer}/isRepeating", "form-property", said)
        if item["type"] == "table" and ("columns" in item) == ("columnsExpression" in item):
            self.fault(f"{pointer}/columns", "form-property", "columns or columnsExpression")
        self._row_limits(item, pointer)
        if "valuesKey" in kind.properties:
            ways = [n for n in ("values", "valuesKey", "valuesExpression") if n in item]
            if len(ways) != 1:
                said = "needs exactly one of values, valuesKey, valuesExpression"
                self.fault(f"{pointer}/values", "form-options", said)

    def _hide(self, item: Mapping[str, object], pointer: str) -> Expression | None:
        conditional = self._object(item, "conditional", pointer)
        hide = conditional.get("hide")
        if hide is None or hide == "":
            return None
        reason = feel(hide)
        if reason:
            self.fault(f"{pointer}/conditional/hide", "form-expression", reason)
            return None
        return compile_feel(str(hide))

    def _row_limits(self, item: Mapping[str, object], pointer: str) -> None:
        extra = self._object(item, "properties", pointer)
        for name in ("minItems", "maxItems"):
            given = str(extra.get(name, 0))
            if not re.fullmatch(r"\d{1,4}", given) or int(given) > 1000:
                where = f"{pointer}/properties/{name}"
                self.fault(where, "form-property", f"{name} must be 0 to 1000")
