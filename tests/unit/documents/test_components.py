"""When a dossier may leave reception."""

from __future__ import annotations

import pytest

from engine.domain.documents import Component, is_settled, unsettled


def component(status: str, *, mandatory: bool = True, quality: bool | None = None) -> Component:
    return Component(root_key=1, id=status, mandatory=mandatory, status=status, quality=quality)


@pytest.mark.parametrize(
    ("status", "mandatory", "quality", "settled"),
    [
        ("required", True, None, False),
        ("optional", False, None, True),
        ("provided", True, None, False),
        ("provided", True, False, False),
        ("provided", True, True, True),
        ("provided", False, None, False),
        ("reused", True, None, True),
        ("exempt", True, None, True),
    ],
)
def test_a_component_is_settled_when_nothing_more_is_asked(
    status: str, mandatory: bool, quality: bool | None, settled: bool
) -> None:
    found = component(status, mandatory=mandatory, quality=quality)

    assert is_settled(found) is settled
    assert unsettled([found]) == (() if settled else (status,))
