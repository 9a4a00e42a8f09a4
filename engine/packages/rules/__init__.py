"""Every rule of the packages' lint, by id; the BPMN validator's and DMN's own come on top."""

from engine.packages.rules import diagrams, forms, law, package, portal
from engine.packages.rules.subject import Found, Rule, Subject

RULES: dict[str, Rule] = {
    rule.id: rule for module in (package, diagrams, forms, law, portal) for rule in module.RULES
}

__all__ = ["RULES", "Found", "Rule", "Subject"]
