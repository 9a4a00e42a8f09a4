"""Access to one file's elements, with faults gathered so that all are told at once.

An element of the DMN namespace that its parent does not allow is a fault:
nothing of the standard is read over. Elements of other namespaces are the
editors' own and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unicodedata import normalize

from lxml import etree

from engine.dmn.definitions import Import, Reference
from engine.dmn.faults import Faults
from engine.dmn.parse.namespaces import DMN_VERSIONS, is_feel
from engine.dmn.syntax import Text, Variable, Where

DEPTH_LIMIT = 50
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
_REMARKS = frozenset({"description", "extensionElements"})


class Reader:
    """One file being read."""

    def __init__(self, root: etree._Element, file: str, faults: Faults) -> None:
        self.root = root
        self.file = file
        self.faults = faults
        self.tag_namespace = etree.QName(root).namespace or ""
        self.namespace = root.get("namespace") or ""
        self.imports: tuple[Import, ...] = ()
        self._depth = 0
        if etree.QName(root).localname != "definitions" or self.tag_namespace not in DMN_VERSIONS:
            faults.add(self.where(root), "not-dmn", "the root element is not DMN 1.1 to 1.6")
        elif not self.namespace:
            faults.add(self.where(root), "no-namespace", "'definitions' has no 'namespace'")

    def where(self, element: etree._Element) -> Where:
        """Id of the element or of its nearest ancestor that has one, and its line."""
        line = element.sourceline
        line = line if isinstance(line, int) else 0
        node: etree._Element | None = element
        while node is not None:
            found = node.get("id") or node.get("name")
            if found:
                return Where(found, line)
            node = node.getparent()
        return Where(self.file, line)

    def refuse(self, element: etree._Element, code: str, sentence: str) -> None:
        """Note a fault at ``element``."""
        self.faults.add(self.where(element), code, sentence)

    @contextmanager
    def deeper(self) -> Iterator[bool]:
        """One boxed expression deeper; yields whether that is still allowed."""
        self._depth += 1
        try:
            yield self._depth <= DEPTH_LIMIT
        finally:
            self._depth -= 1

    def children(
        self, element: etree._Element, ignored: frozenset[str] = frozenset()
    ) -> Iterator[tuple[str, etree._Element]]:
        """Local name and element of each DMN child that is no remark and not ``ignored``."""
        for child in element:
            if not isinstance(child.tag, str):
                continue
            name = etree.QName(child)
            if name.namespace == self.tag_namespace and name.localname not in _REMARKS | ignored:
                yield name.localname, child

    def version_tag(self, element: etree._Element) -> str | None:
        """What Camunda's modelers note as ``zeebe:versionTag``; one without a value is a fault."""
        path = f"{{{self.tag_namespace}}}extensionElements/{{{ZEEBE}}}versionTag"
        found = element.find(path)
        if found is None:
            return None
        tag = (found.get("value") or "").strip()
        if not tag:
            self.refuse(found, "version-tag", "zeebe:versionTag needs a value")
        return tag or None

    def unknown(self, name: str, child: etree._Element) -> None:
        """Note that ``child`` may not stand where it stands."""
        self.refuse(child, "unexpected-element", f"'{name}' is not expected here")

    def text(self, element: etree._Element) -> Text:
        """The FEEL text of a literal expression, unary tests or values clause."""
        self._check_language(element)
        found = ""
        for name, child in self.children(element):
            if name == "text":
                found = child.text or ""
            elif name == "importedValues":
                self.refuse(child, "not-supported", "imported values are not supported")
            else:
                self.unknown(name, child)
        return Text(found.strip(), self.where(element), self.type_ref(element))

    def _check_language(self, element: etree._Element) -> None:
        language = element.get("expressionLanguage") or self.root.get("expressionLanguage") or ""
        if not is_feel(language):
            self.refuse(
                element,
                "expression-language",
                f"expression language '{language}' is not supported; write FEEL",
            )

    def variable(self, element: etree._Element) -> Variable:
        """An information item: its name (required) and type."""
        name = normal_name(element.get("name") or "")
        if not name:
            self.refuse(element, "no-name", f"'{etree.QName(element).localname}' needs a name")
        return Variable(name, self.type_ref(element), self.where(element))

    def type_ref(self, element: etree._Element, attribute: str = "typeRef") -> str | None:
        """The type named by an attribute, written without XML prefix."""
        return self.type_name(element.get(attribute), element)

    def type_name(self, raw: str | None, element: etree._Element) -> str | None:
        """``prefix:name`` as DMN 1.1 wrote it becomes ``name`` or ``import.name``."""
        name = normal_name(raw or "")
        prefix, colon, local = name.partition(":")
        namespace = element.nsmap.get(prefix) if colon else None
        if namespace is None:
            return name or None
        for item in self.imports:
            if item.namespace == namespace:
                return f"{item.name}.{local}" if item.name else local
        # FEEL's own names are kept apart: an item definition may be called "string".
        return f"feel.{local}" if is_feel(namespace) else local

    def reference(self, element: etree._Element) -> Reference:
        """The ``href`` of a requirement: ``#id`` or ``namespace#id``."""
        namespace, _, identifier = (element.get("href") or "").rpartition("#")
        if not identifier:
            self.refuse(element, "no-href", "a reference without 'href'")
        return Reference(
            namespace=namespace or self.namespace, id=identifier, where=self.where(element)
        )


def normal_name(raw: str) -> str:
    """A FEEL name in composed form, its white space folded to single blanks."""
    return normalize("NFC", " ".join(raw.split()))
