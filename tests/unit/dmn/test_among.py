"""Imports found among files that stand together."""

from __future__ import annotations

import pytest

from engine.dmn import among, load
from engine.errors import InvalidInput

HEAD = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"'
    ' id="{0}" name="{0}" namespace="urn:{0}">'
)
RATES = (
    HEAD.format("rates") + '<decision id="rate" name="rate"><variable name="rate"/>'
    "<literalExpression><text>{}</text></literalExpression></decision></definitions>"
)
BILL = (
    HEAD.format("bill") + '<import name="r" namespace="urn:rates" locationURI="new.dmn"'
    ' importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'
    '<decision id="total" name="total"><variable name="total"/>'
    '<informationRequirement><requiredDecision href="urn:rates#rate"/></informationRequirement>'
    "<literalExpression><text>r.rate * 2</text></literalExpression></decision></definitions>"
).encode()


def _rates(rate: int) -> bytes:
    return RATES.format(rate).encode()


def test_found_by_namespace() -> None:
    files = {"bill.dmn": BILL, "old.dmn": _rates(5)}

    model = load(BILL, "bill.dmn", among(files))

    assert model.evaluate("total", {}).value == 10


def test_of_two_with_one_namespace_the_one_at_the_location() -> None:
    files = {"old.dmn": _rates(5), "new.dmn": _rates(6)}

    model = load(BILL, "bill.dmn", among(files))

    assert model.evaluate("total", {}).value == 12


@pytest.mark.parametrize("names", [(), ("a.dmn", "b.dmn")])
def test_none_or_several_is_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput) as refused:
        load(BILL, "bill.dmn", among({name: _rates(5) for name in names}))

    assert {fault.code for fault in refused.value.faults} == {"unknown-import"}
