"""XML to frozen definitions, and the cache that lets instances share them.

A file's processes are compiled together and kept per definition key, least
recently used first out. Definitions are never written to, so threads share
them without a lock; only the cache's own map has one.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from lxml import etree
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from engine import xml
from engine.domain.ids import DefinitionRef, Key
from engine.errors import DeployRefused, NotFound
from engine.ports.runtime import Environment, Finding
from engine.runtime.container import ProcessScope
from engine.runtime.parser import ModelReader, ProcessReader
from engine.runtime.spec import ProcessSpec


@dataclass(frozen=True, slots=True)
class Definition:
    """One compiled process."""

    spec: ProcessSpec
    process: ProcessScope
    xml: etree._Element


def compile_file(source: bytes, name: str) -> tuple[dict[str, Definition], tuple[Finding, ...]]:
    """The executable processes of a file by id, and what is wrong with it."""
    reader = ModelReader(name)
    try:
        reader.add_bpmn_xml(xml.parse(source, name), name)
        found: dict[str, Definition] = {}
        for process_id in reader.get_process_ids():
            parser: ProcessReader = reader.get_process_parser(process_id)
            spec: ProcessSpec = parser.get_spec()
            found[process_id] = Definition(spec, spec.process, parser.node)
    except ValidationException as error:
        raise DeployRefused(f"{name}: {error}") from None
    return found, tuple(reader.findings.all)


class Library:
    """Definitions by key; a miss compiles the file the environment gives."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Definition] = OrderedDict()

    def get(self, ref: DefinitionRef, env: Environment) -> Definition:
        """The compiled process of a definition."""
        with self._lock:
            kept = self._kept.get(ref.key)
            if kept is not None:
                self._kept.move_to_end(ref.key)
                return kept
        found, _ = compile_file(env.source(ref), ref.process_id)
        definition = found.get(ref.process_id)
        if definition is None:
            raise NotFound(f"the file of definition {ref.key} holds no process '{ref.process_id}'")
        with self._lock:
            kept = self._kept.setdefault(ref.key, definition)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return kept
