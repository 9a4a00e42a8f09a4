"""Element templates of Camunda Modeler, made from our own short description of each block.

Names and hints are in the language asked for; ids and bindings never change
with it, so a diagram drawn with one language opens with the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from engine.packages.document import Document, read

FOLDER: Final = Path(__file__).parent
Template = dict[str, Any]


def read_templates(folder: Path = FOLDER) -> tuple[Document, ...]:
    """Every block, by file name; ``InvalidInput`` lists the faults of a file."""
    return tuple(
        read(path.read_bytes(), path.name, "template") for path in sorted(folder.glob("*.yml"))
    )


def template_json(block: Mapping[str, Any], language: str) -> Template:
    """One block as the editor reads it."""
    kind = "type" if "type" in block else "process"
    called = kind == "process"
    element = block.get("element") or ("bpmn:CallActivity" if called else "bpmn:ServiceTask")
    return {
        "id": f"motcua.{block[kind].removeprefix('motcua:')}",
        "name": block["name"][language],
        "description": block["description"][language],
        "version": 1,
        "appliesTo": ["bpmn:Task", element],
        "elementType": {"value": element},
        "category": {"id": "motcua", "name": "Một cửa"},
        "groups": _groups(block, language),
        "properties": [*_fixed(block), *_entries(block, language)],
    }


_GROUPS: Final = {
    "headers": {"vi": "Thiết lập", "en": "Settings"},
    "inputs": {"vi": "Dữ liệu vào", "en": "Input"},
    "outputs": {"vi": "Dữ liệu ra", "en": "Output"},
}


def _groups(block: Mapping[str, Any], language: str) -> list[Template]:
    return [
        {"id": name, "label": texts[language]} for name, texts in _GROUPS.items() if name in block
    ]


def _fixed(block: Mapping[str, Any]) -> Iterator[Template]:
    """What makes the element the block: hidden, so that nobody mistypes it."""
    if "process" in block:
        yield _hidden(block["process"], {"type": "zeebe:calledElement", "property": "processId"})
        binding = {"type": "zeebe:calledElement", "property": "bindingType"}
        yield _hidden("deployment", binding)
        return
    yield _hidden(block["type"], {"type": "zeebe:taskDefinition", "property": "type"})
    if "retries" in block:
        retries = {"type": "zeebe:taskDefinition", "property": "retries"}
        yield _hidden(str(block["retries"]), retries)


def _hidden(value: str, binding: Template) -> Template:
    return {"type": "Hidden", "value": value, "binding": binding}


def _entries(block: Mapping[str, Any], language: str) -> Iterator[Template]:
    for group in _GROUPS:
        for entry in block.get(group, ()):
            yield _entry(entry, group, language)


def _entry(entry: Mapping[str, Any], group: str, language: str) -> Template:
    kind = entry.get("kind", "text")
    made: Template = {
        "id": f"{group}-{entry['key']}",
        "label": entry["label"][language],
        "group": group,
        "type": {"choice": "Dropdown", "lines": "Text"}.get(kind, "String"),
        "binding": _binding(group, entry["key"]),
    }
    if kind in ("feel", "feel-optional"):
        made["feel"] = "required" if kind == "feel" else "optional"
    if "description" in entry:
        made["description"] = entry["description"][language]
    if "choices" in entry:
        made["choices"] = [{"name": one, "value": one} for one in entry["choices"]]
    if "value" in entry:
        made["value"] = entry["value"]
    if entry.get("required"):
        made["constraints"] = {"notEmpty": True}
    elif kind != "choice":
        made["optional"] = True
    return made


def _binding(group: str, key: str) -> Template:
    if group == "headers":
        return {"type": "zeebe:taskHeader", "key": key}
    if group == "inputs":
        return {"type": "zeebe:input", "name": key}
    return {"type": "zeebe:output", "source": f"={key}"}
