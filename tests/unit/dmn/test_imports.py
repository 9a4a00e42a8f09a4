"""Imported models: qualified names, types, inputs, functions."""

from __future__ import annotations

import pytest

from engine.dmn import load
from engine.errors import InvalidInput

KIND = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def imported(name, namespace):
    return f'<import name="{name}" namespace="{namespace}" importType="{KIND}"/>'


@pytest.fixture
def models(dmn):
    base = dmn.file(
        dmn.item("tNgười", dmn.component("tên", "string")),
        dmn.input("người", "tNgười"),
        dmn.decision("lời chào", dmn.literal('"Chào " + người.tên'), "i:người"),
        dmn.knowledge("nhân đôi", "x:number", dmn.literal("x * 2")),
        namespace="urn:base",
    )
    left = dmn.file(
        imported("cơ sở", "urn:base"),
        dmn.decision("trái", dmn.literal('cơ sở.lời chào + "!"'), "d:urn:base#lờichào"),
        namespace="urn:left",
    )
    return {"urn:base": base, "urn:left": left}


def loaded(dmn, models, *body):
    return load(dmn.file(*body), "test.dmn", imports=lambda item: models.get(item.namespace))


def test_imported_decisions_are_qualified_by_the_import(dmn, models):
    model = loaded(
        dmn,
        models,
        imported("cơ sở", "urn:base"),
        dmn.decision("d", dmn.literal("cơ sở.lời chào"), "d:urn:base#lờichào"),
    )

    assert model.evaluate("d", {"người": {"tên": "An"}}).value == "Chào An"
    assert model.evaluate("d", {"{urn:base}người": {"tên": "Bình"}}).value == "Chào Bình"


def test_imports_nest_and_a_model_is_loaded_once(dmn, models):
    model = loaded(
        dmn,
        models,
        imported("L", "urn:left"),
        imported("B", "urn:base"),
        dmn.decision(
            "d", dmn.literal("[L.trái, B.lời chào]"), "d:urn:left#trái d:urn:base#lờichào"
        ),
    )
    result = model.evaluate("d", {"{urn:base}người": {"tên": "An"}})

    assert result.value == ["Chào An!", "Chào An"]
    assert [trace.name for trace in result.trace] == ["lời chào", "trái", "d"]


def test_imported_types_and_knowledge(dmn, models):
    model = loaded(
        dmn,
        models,
        imported("B", "urn:base"),
        dmn.input("v", "B.tNgười"),
        dmn.decision("d", dmn.literal("[v.tên, B.nhân đôi(2)]"), "i:v k:urn:base#nhânđôi"),
        dmn.decision("loại", dmn.literal("v instance of B.tNgười"), "i:v"),
    )

    assert model.evaluate("d", {"v": {"tên": "An"}}).value == ["An", 4]
    assert model.evaluate("d", {"v": {"tuổi": 1}}).value == [None, 4]
    assert model.evaluate("loại", {"v": {"tên": "An"}}).value is True


def test_an_import_without_name_adds_to_the_own_names(dmn, models):
    model = loaded(
        dmn,
        models,
        imported("", "urn:base"),
        dmn.input("v", "tNgười"),
        dmn.decision("d", dmn.literal("nhân đôi(4)"), "k:urn:base#nhânđôi"),
    )

    assert model.evaluate("d", {}).value == 8


def test_an_element_of_a_model_that_is_not_imported_is_refused(dmn, models):
    with pytest.raises(InvalidInput, match="not in this model or its imports"):
        loaded(
            dmn,
            models,
            imported("L", "urn:left"),
            dmn.decision("d", dmn.literal("1"), "d:urn:base#lờichào"),
        )


def test_models_that_import_each_other_are_refused(dmn):
    left = dmn.file(imported("r", "urn:right"), namespace="urn:left")
    right = dmn.file(imported("l", "urn:left"), namespace="urn:right")

    with pytest.raises(InvalidInput, match="import each other"):
        load(left, "left.dmn", imports=lambda _item: right)


def test_a_fault_of_an_imported_model_names_its_file(dmn, models):
    models["urn:base"] = dmn.file(dmn.decision("x", dmn.literal("1 +")), namespace="urn:base")

    with pytest.raises(InvalidInput, match="urn:base, line"):
        loaded(dmn, models, imported("B", "urn:base"))
