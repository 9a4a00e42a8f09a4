"""Short ways to write a DMN file in a test and to load it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.dmn import Evaluation, Model, load

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"
REQUIREMENTS = {
    "i": ("informationRequirement", "requiredInput"),
    "d": ("informationRequirement", "requiredDecision"),
    "k": ("knowledgeRequirement", "requiredKnowledge"),
}


def escaped(text: str) -> str:
    return text.strip().replace("&", "&amp;").replace("<", "&lt;")


def text(tag: str, content: str) -> str:
    return f"<{tag}><text>{escaped(content)}</text></{tag}>"


class Dmn:
    """Writes the elements of DMN; an element's id is its name without blanks."""

    def file(self, *body: str, namespace: str = "urn:test", model: str = MODEL) -> bytes:
        """A file with this content."""
        return (
            f'<definitions xmlns="{model}" id="defs" name="test" namespace="{namespace}">'
            f"{''.join(body)}</definitions>"
        ).encode()

    def load(self, *body: str, **options: Any) -> Model:
        """The model with this content."""
        return load(self.file(*body), "test.dmn", **options)

    def load_file(self, source: bytes) -> Model:
        """The model of a whole file."""
        return load(source, "test.dmn")

    def value(self, logic: str, **context: object) -> object:
        """The value of a decision with this logic."""
        return self.evaluate(logic, **context).value

    def evaluate(self, logic: str, **context: object) -> Evaluation:
        """The evaluation of a decision with this logic."""
        return self.load(self.decision("d", logic)).evaluate("d", context)

    def literal(self, feel: str, attributes: str = "") -> str:
        """A literal expression."""
        return text("literalExpression", feel).replace(">", f" {attributes}>", 1)

    def input(self, name: str, type_ref: str = "") -> str:
        """Input data."""
        return (
            f'<inputData id="{self.id(name)}" name="{name}">{self.var(name, type_ref)}</inputData>'
        )

    def decision(self, name: str, logic: str, requires: str = "", type_ref: str = "") -> str:
        """A decision; ``requires`` lists ids as ``i:input d:decision k:knowledge``."""
        return (
            f'<decision id="{self.id(name)}" name="{name}">{self.var(name, type_ref)}'
            f"{self.requires(requires)}{logic}</decision>"
        )

    def knowledge(self, name: str, parameters: str, logic: str, requires: str = "") -> str:
        """A business knowledge model; ``parameters`` as ``a:number b``."""
        return (
            f'<businessKnowledgeModel id="{self.id(name)}" name="{name}">{self.var(name)}'
            f"<encapsulatedLogic>{self.parameters(parameters)}{logic}</encapsulatedLogic>"
            f"{self.requires(requires)}</businessKnowledgeModel>"
        )

    def service(self, name: str, **parts: str) -> str:
        """A decision service; ``parts`` names ids, blank-separated, per child element."""
        refs = "".join(
            f'<{tag} href="#{one}"/>' for tag, ids in parts.items() for one in ids.split()
        )
        return (
            f'<decisionService id="{self.id(name)}" name="{name}">{self.var(name)}{refs}'
            "</decisionService>"
        )

    def item(self, name: str, content: str = "", attributes: str = "") -> str:
        """An item definition; content without ``<`` is its typeRef."""
        if content and not content.startswith("<"):
            content = f"<typeRef>{content}</typeRef>"
        return f'<itemDefinition name="{name}" {attributes}>{content}</itemDefinition>'

    def component(self, name: str, content: str, attributes: str = "") -> str:
        """An item component."""
        return self.item(name, content, attributes).replace("itemDefinition", "itemComponent")

    def allowed(self, tests: str, tag: str = "allowedValues") -> str:
        """Allowed values."""
        return text(tag, tests)

    def context(self, **entries: str) -> str:
        """A boxed context of expressions; ``_`` is the result entry."""
        return f"<context>{''.join(self.entry(*entry) for entry in entries.items())}</context>"

    def entry(self, name: str, logic: str, type_ref: str = "") -> str:
        """One context entry."""
        variable = "" if name == "_" else self.var(name, type_ref)
        return f"<contextEntry>{variable}{logic}</contextEntry>"

    def table(
        self, inputs: str, outputs: str, *rules: str, attributes: str = "", **columns: str
    ) -> str:
        """A table: columns ``name:type | ...``, rules ``test | test => value | value``.

        ``in1=...`` and ``out1=...`` put more content into a column's clause.
        """
        names = [one.strip().partition(":") for one in inputs.split("|")] if inputs else []
        head = "".join(
            f'<input id="in{number}"><inputExpression{attribute("typeRef", kind)}><text>{name}'
            f"</text></inputExpression>{columns.get(f'in{number}', '')}</input>"
            for number, (name, _, kind) in enumerate(names, 1)
        )
        head += "".join(
            f'<output id="out{number}"{attribute("name", name)}{attribute("typeRef", kind)}>'
            f"{columns.get(f'out{number}', '')}</output>"
            for number, (name, _, kind) in enumerate(
                [one.strip().partition(":") for one in outputs.split("|")], 1
            )
        )
        body = "".join(self.rule(number, rule) for number, rule in enumerate(rules, 1))
        return f'<decisionTable id="table" {attributes}>{head}{body}</decisionTable>'

    def rule(self, number: int, rule: str) -> str:
        """One rule of a table."""
        conditions, _, conclusions = rule.partition("=>")
        cells = [text("inputEntry", one) for one in conditions.split("|") if conditions.strip()]
        cells += [text("outputEntry", one) for one in conclusions.split("|")]
        return f'<rule id="rule{number}">{"".join(cells)}</rule>'

    @staticmethod
    def id(name: str) -> str:
        """The id of an element of this name."""
        return name.replace(" ", "")

    @staticmethod
    def var(name: str, type_ref: str = "") -> str:
        """A variable."""
        return f'<variable name="{name}"{attribute("typeRef", type_ref)}/>'

    @staticmethod
    def parameters(names: str) -> str:
        """Formal parameters ``a:number b``."""
        parts = [one.partition(":") for one in names.split()]
        return "".join(
            f'<formalParameter name="{name}"{attribute("typeRef", kind)}/>'
            for name, _, kind in parts
        )

    @staticmethod
    def requires(targets: str) -> str:
        """Requirements ``i:A d:B k:C``; a target with ``#`` is a whole reference."""
        found = ""
        for target in targets.split():
            outer, inner = REQUIREMENTS[target[0]]
            href = target[2:] if "#" in target else f"#{target[2:]}"
            found += f'<{outer}><{inner} href="{href}"/></{outer}>'
        return found


def attribute(name: str, value: str) -> str:
    return f' {name}="{value}"' if value else ""


@pytest.fixture
def dmn() -> Dmn:
    """Writes and loads models."""
    return Dmn()
