"""Loads a DMN file and what it imports into a ``Model``, or refuses it telling every fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from engine.dmn.build import Builder, refuse_cycles, special_names
from engine.dmn.compile.compiler import Compiler
from engine.dmn.definitions import Definitions, Import
from engine.dmn.faults import Faults
from engine.dmn.graph import Element
from engine.dmn.model import Model
from engine.dmn.parse.document import read_definitions
from engine.dmn.run import Key
from engine.dmn.types import TypeTable, member_names
from engine.dmn.validate.logic import check_logic
from engine.dmn.validate.names import check_names
from engine.dmn.validate.tables import check_tables
from engine.errors import InvalidInput
from engine.feel.types import FeelType

# The bytes of the model that an import names, or None when there is none.
Resolver: TypeAlias = Callable[[Import], bytes | None]

_IMPORTS = 100


def _nothing_to_import(_item: Import) -> bytes | None:
    return None


def load(
    source: bytes, name: str, imports: Resolver = _nothing_to_import, *, tolerant: bool = False
) -> Model:
    """Load one file; ``imports`` finds the models it imports, by namespace.

    Raises ``InvalidInput`` whose faults name element, line and cell. A
    ``tolerant`` load keeps a text that is no FEEL as null, which the standard's
    test kit asks for; everything else is refused all the same.
    """
    try:
        return _Loader(imports, tolerant).load(source, name)
    except RecursionError:
        sentence = f"{name}: types or imports refer to each other through too many steps"
        raise InvalidInput(sentence, code="dmn-refused") from None


class _Loader:
    def __init__(self, imports: Resolver, tolerant: bool) -> None:
        self._imports = imports
        self._tolerant = tolerant
        self._loaded: dict[str, Model] = {}
        self._open: list[str] = []

    def load(self, source: bytes, name: str) -> Model:
        faults = Faults(name)
        definitions = read_definitions(source, name, faults)
        faults.raise_any()
        self._open.append(definitions.namespace)
        imported = self._imported(definitions, faults)
        faults.raise_any()
        model = self._build(definitions, imported, faults)
        self._open.pop()
        self._loaded[definitions.namespace] = model
        return model

    def _imported(self, definitions: Definitions, faults: Faults) -> dict[str, Model]:
        found: dict[str, Model] = {}
        for item in definitions.imports:
            if item.namespace in self._open:
                faults.add(item.where, "import-cycle", "the models import each other")
            elif item.namespace in self._loaded:
                found[item.name] = self._loaded[item.namespace]
            else:
                source = self._imports(item)
                if source is None or len(self._loaded) >= _IMPORTS:
                    sentence = f"the model '{item.namespace}' is not there to be imported"
                    faults.add(item.where, "unknown-import", sentence)
                else:
                    found[item.name] = self.load(source, item.location or item.namespace)
        return found

    def _build(self, definitions: Definitions, imported: dict[str, Model], faults: Faults) -> Model:
        known: dict[Key, Element] = {}
        types: dict[str, FeelType] = {}
        open_types: dict[str, FeelType] = {}
        members = set(member_names(definitions.items))
        for group, model in imported.items():
            known.update(model.graph)
            prefix = f"{group}." if group else ""
            types |= {prefix + name: kind for name, kind in model.types.items()}
            open_types |= {prefix + name: kind for name, kind in model.open_types.items()}
            members |= special_names(element.variable for element in model.graph.values())
        table = TypeTable(definitions.items, types, faults)
        # The same faults again: they are told once, by the first table.
        again = Faults(definitions.file)
        open_table = TypeTable(definitions.items, open_types, again, narrowed=False)
        compiler = Compiler(table, members, faults, tolerant=self._tolerant)
        graph = known | Builder(definitions, known, compiler, faults).elements()
        refuse_cycles(graph, faults)
        faults.raise_any()
        return Model(
            file=definitions.file,
            id=definitions.id,
            name=definitions.name,
            namespace=definitions.namespace,
            graph=graph,
            types=dict(table.named),
            open_types=dict(open_table.named),
            findings=(
                *check_tables(definitions),
                *check_names(definitions, compiler.unseen),
                *check_logic(definitions),
            ),
        )
