"""Forms made in a test: a list of components in, a compiled form out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from engine.forms import Form, compile_form

MakeForm: TypeAlias = Callable[..., Form]


def source(*components: dict[str, Any], **head: Any) -> str:
    """The text of a ``.form`` file."""
    tree = {"type": "default", "id": "thu", "schemaVersion": 19, **head}
    return json.dumps({**tree, "components": list(components)}, ensure_ascii=False)


@pytest.fixture
def form() -> MakeForm:
    """Compiles the components given."""

    def make(*components: dict[str, Any], **head: Any) -> Form:
        return compile_form(source(*components, **head), "thu.form")

    return make


@pytest.fixture
def text() -> Callable[..., str]:
    """The text of a form file with the components given."""
    return source
