"""From the text of a ``.form`` file to a ``Form``; every fault at once, with its place."""

from __future__ import annotations

from jsonschema_rs import Draft202012Validator, RegexOptions

from engine.errors import Fault
from engine.forms.form import Form
from engine.forms.model import Component, Path
from engine.forms.parse import Reader
from engine.forms.schema import Schema, object_schema
from engine.forms.source import read_json, refused
from engine.forms.tree import Node, plant


def compile_form(source: str | bytes, name: str) -> Form:
    """The form of a file; ``InvalidInput`` lists every fault with a JSON pointer into it."""
    head = read_json(source, name)
    reader = Reader()
    form_id = reader.head(head)
    components = reader.components(head.get("components"), "/components")
    tree = plant(components, reader.faults)
    for component in components:
        for inner in component.walk():
            reader.faults += _pattern_faults(inner)
    if reader.faults:
        raise refused(name, reader.faults)
    schema: Schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **object_schema(tree),
    }
    tag = head.get("versionTag")
    return Form(
        id=form_id,
        name=name,
        version_tag=tag if isinstance(tag, str) and tag else None,
        components=components,
        schema=schema,
        fields=_fields(tree),
        warnings=tuple(reader.warnings),
        # A linear-time engine: a pattern of a form can never hang a completion.
        validator=Draft202012Validator(schema, pattern_options=RegexOptions()),
    )


def _fields(tree: Node) -> dict[Path, Component]:
    return {path: node.component for path, node in tree.leaves() if node.component is not None}


def _pattern_faults(component: Component) -> list[Fault]:
    pattern = component.rules.pattern
    if pattern is None:
        return []
    try:
        Draft202012Validator({"pattern": pattern}, pattern_options=RegexOptions())
    except ValueError:
        said = "is no regular expression this engine runs (look-around and back-references are not)"
        return [
            Fault(
                pointer=f"{component.pointer}/validate/pattern",
                code="form-pattern",
                sentence=f"pattern {said}",
            )
        ]
    return []
