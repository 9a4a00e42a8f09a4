"""Item definitions: components, collections, allowed values, functions, conversions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import FeelDate, FeelDateTime


def typed(dmn, type_ref, *items):
    """A model that returns its input ``v`` of a type."""
    return dmn.load(
        *items, dmn.input("v", type_ref), dmn.decision("d", dmn.literal("v"), "i:v", type_ref)
    )


def fits(model, value):
    return model.evaluate("d", {"v": value}).value == value


PERSON = {"tên": "An", "tuổi": Decimal(3)}


def person(dmn):
    return dmn.item("tPerson", dmn.component("tên", "string") + dmn.component("tuổi", "number"))


def test_a_structure_needs_its_components_and_may_have_more(dmn):
    model = typed(dmn, "tPerson", person(dmn))

    assert fits(model, PERSON)
    assert fits(model, PERSON | {"x": True})
    assert not fits(model, {"tên": "An"})
    assert not fits(model, PERSON | {"tuổi": "3"})
    assert not fits(model, "An")


def test_a_component_may_be_null(dmn):
    assert fits(typed(dmn, "tPerson", person(dmn)), PERSON | {"tuổi": None})


def test_a_collection_holds_items_of_its_type(dmn):
    items = (person(dmn), dmn.item("tPeople", "tPerson", 'isCollection="true"'))
    model = typed(dmn, "tPeople", *items)

    assert fits(model, [PERSON, PERSON])
    assert fits(model, [])
    assert not fits(model, [PERSON, "An"])


def test_types_may_be_defined_in_any_order(dmn):
    items = (dmn.item("tPeople", "tPerson", 'isCollection="true"'), person(dmn))

    assert fits(typed(dmn, "tPeople", *items), [PERSON])


def test_a_structure_may_contain_itself(dmn):
    tree = dmn.item(
        "tTree",
        dmn.component("con", "tTree", 'isCollection="true"') + dmn.component("giá trị", "number"),
    )
    model = typed(dmn, "tTree", tree)
    leaf = {"con": [], "giá trị": Decimal(1)}

    assert fits(model, {"con": [leaf, leaf], "giá trị": Decimal(2)})
    assert not fits(model, {"con": [leaf, 5], "giá trị": Decimal(2)})


def test_allowed_values_narrow_a_type(dmn):
    model = typed(
        dmn, "tLevel", dmn.item("tLevel", "<typeRef>number</typeRef>" + dmn.allowed("[1..3]"))
    )

    assert fits(model, Decimal(3))
    assert not fits(model, Decimal(4))


def test_allowed_values_of_a_collection_are_about_its_items(dmn):
    content = "<typeRef>string</typeRef>" + dmn.allowed('"A", "B"')
    model = typed(dmn, "t", dmn.item("t", content, 'isCollection="true"'))

    assert fits(model, ["A", "B"])
    assert not fits(model, ["A", "C"])


def test_a_type_constraint_is_about_the_whole_collection(dmn):
    content = "<typeRef>string</typeRef>" + dmn.allowed("count(?) <= 2", "typeConstraint")
    model = typed(dmn, "t", dmn.item("t", content, 'isCollection="true"'))

    assert fits(model, ["A", "B"])
    assert not fits(model, ["A", "B", "C"])


def test_instance_of_does_not_ask_for_allowed_values(dmn):
    item = dmn.item("tLevel", "<typeRef>number</typeRef>" + dmn.allowed("[1..3]"))
    model = dmn.load(item, dmn.decision("d", dmn.literal("[9 instance of tLevel, false]")))

    assert model.evaluate("d", {}).value == [True, False]


@pytest.mark.parametrize(
    ("kind", "given", "taken"),
    [
        ("number", [Decimal(1)], Decimal(1)),
        ("tNumbers", Decimal(1), [Decimal(1)]),
        ("number", [Decimal(1), Decimal(2)], None),
        ("number", "1", None),
    ],
)
def test_conversions(dmn, kind, given, taken):
    model = typed(dmn, kind, dmn.item("tNumbers", "number", 'isCollection="true"'))

    assert model.evaluate("d", {"v": given}).value == taken


def test_a_date_becomes_date_and_time(dmn):
    result = typed(dmn, "date and time").evaluate("d", {"v": FeelDate(2026, 1, 2)})

    assert isinstance(result.value, FeelDateTime)
    assert str(result.value).startswith("2026-01-02T00:00:00")


def test_what_does_not_fit_is_null_and_told_without_the_value(dmn):
    result = typed(dmn, "number").evaluate("d", {"v": "Nguyễn Văn An"})

    assert result.value is None
    assert [warning.code for warning in result.warnings] == ["type"]
    assert "Nguyễn" not in result.warnings[0].sentence


def test_a_function_item_is_a_signature(dmn):
    item = dmn.item(
        "tOp",
        '<functionItem outputTypeRef="number"><parameters name="a" typeRef="number"/>'
        "</functionItem>",
    )
    model = dmn.load(
        item,
        dmn.knowledge("dùng", "f:tOp", dmn.literal("f(3)")),
        dmn.decision("hợp", dmn.literal("dùng(function(a: number) a * 2)"), "k:dùng"),
        dmn.decision("sai", dmn.literal("dùng(function(a, b) a * 2)"), "k:dùng"),
    )

    assert model.evaluate("hợp", {}).value == 6
    assert model.evaluate("sai", {}).value is None


@pytest.mark.parametrize("alias", ["integer", "long", "double"])
def test_numbers_of_camunda_are_numbers(dmn, alias):
    assert fits(typed(dmn, alias), Decimal(1))


def functions(dmn, wanted, given):
    """Whether a function of type ``given`` is an instance of the type ``wanted``."""
    tree = dmn.item("tTree", dmn.component("con", "tTree", 'isCollection="true"'))
    wood = dmn.item("tWood", dmn.component("con", "tWood", 'isCollection="true"'))
    small = dmn.item("tSmall", dmn.component("a", "number"))
    large = dmn.item("tLarge", dmn.component("a", "number") + dmn.component("b", "string"))
    narrow = dmn.item("tNarrow", "<typeRef>number</typeRef>" + dmn.allowed("[1..3]"))
    signature = (
        f'<functionItem outputTypeRef="string"><parameters name="x" typeRef="{wanted}"/>'
        "</functionItem>"
    )
    model = dmn.load(
        tree,
        wood,
        small,
        large,
        narrow,
        dmn.item("tFunction", signature),
        dmn.knowledge("take", "f:tFunction", dmn.literal("f != null")),
        dmn.decision("e", dmn.literal(f'take(function(x: {given}) "a")'), "k:take"),
    )
    return model.evaluate("e", {}).value


@pytest.mark.parametrize(
    ("wanted", "given", "fits_"),
    [
        ("tLarge", "tSmall", True),
        ("tSmall", "tLarge", None),
        ("tTree", "tTree", True),
        ("tTree", "tWood", None),
        ("tNarrow", "number", True),
        ("number", "string", None),
    ],
)
def test_a_function_takes_at_least_what_its_signature_promises(dmn, wanted, given, fits_):
    assert functions(dmn, wanted, given) is fits_


LEVELS = '<typeRef>string</typeRef><allowedValues><text>"A", "B"</text></allowedValues>'


def test_own_allowed_values_replace_those_of_the_type_referred_to(dmn):
    side = "<typeRef>tLevel</typeRef>" + dmn.allowed('"left", "right"')
    copy = dmn.item("tCopy", "tLevel")
    items = (dmn.item("tLevel", LEVELS), dmn.item("tSide", side), copy)

    assert fits(typed(dmn, "tSide", *items), "left")
    assert not fits(typed(dmn, "tSide", *items), "A")
    assert fits(typed(dmn, "tCopy", *items), "A")
    assert not fits(typed(dmn, "tCopy", *items), "left")


def signature(result="", parameter=""):
    outcome = f' outputTypeRef="{result}"' if result else ""
    typed_ = f' typeRef="{parameter}"' if parameter else ""
    return f'<functionItem{outcome}><parameters name="a"{typed_}/></functionItem>'


@pytest.mark.parametrize(
    ("function", "given", "taken"),
    [("tResult", "A", "A"), ("tResult", "C", None), ("tGiven", "A", "A"), ("tGiven", "C", None)],
)
def test_a_function_taken_as_a_signature_is_held_to_it(dmn, function, given, taken):
    body = f"<functionDefinition>{dmn.parameters('a')}{dmn.literal('a')}</functionDefinition>"
    logic = (
        f"<context>{dmn.entry('f', body, function)}{dmn.entry('_', dmn.literal('f(v)'))}</context>"
    )
    model = dmn.load(
        dmn.item("tLevel", LEVELS),
        dmn.item("tResult", signature(result="tLevel")),
        dmn.item("tGiven", signature(parameter="tLevel")),
        dmn.decision("d", logic),
    )

    assert model.evaluate("d", {"v": given}).value == taken


def test_a_built_in_function_may_be_passed_for_any_signature_it_can_be_called_with(dmn):
    two = (
        '<functionItem outputTypeRef="number"><parameters name="a" typeRef="number"/>'
        '<parameters name="b" typeRef="number"/></functionItem>'
    )
    model = dmn.load(
        dmn.item("tTwo", two),
        dmn.knowledge("use", "f:tTwo", dmn.literal("f(1, 2)")),
        dmn.decision("d", dmn.literal("[use(sum), use(abs)]"), "k:use"),
    )

    assert model.evaluate("d", {}).value == [3, None]


def test_a_parameter_type_in_feel_includes_allowed_values(dmn):
    model = dmn.load(
        dmn.item("tLevel", LEVELS),
        dmn.decision("d", dmn.literal("(function(a: tLevel) a)(v)")),
    )

    assert model.evaluate("d", {"v": "A"}).value == "A"
    assert model.evaluate("d", {"v": "C"}).value is None


def test_the_type_of_a_service_decides_what_its_inputs_leave_open(dmn):
    service = dmn.service("s", outputDecision="d", inputData="a").replace(
        '<variable name="s"/>', '<variable name="s" typeRef="tGiven"/>'
    )
    model = dmn.load(
        dmn.item("tLevel", LEVELS),
        dmn.item("tGiven", signature(parameter="tLevel")),
        dmn.input("a"),
        dmn.decision("d", dmn.literal("a"), "i:a"),
        service,
    )

    assert model.evaluate_service("s", {"a": "A"}).value == "A"
    assert model.evaluate_service("s", {"a": "C"}).value is None
