"""Our building blocks as menu entries of the editor: one file per job type or called process."""

from engine.packages.templates.elements import read_templates, template_json

__all__ = ["read_templates", "template_json"]
