"""Whatever is sent, the answer is a result, never an exception, and never lets a wrong value by."""

from __future__ import annotations

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(allow_nan=True),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.text(max_size=6),
    st.sampled_from(["a", "b", "2026-11-23", "15:00+07:00", "", "0912 345 678"]),
)
KEYS = st.sampled_from(["t", "n", "c", "r", "m", "d", "g", "rows", "x", "y", "typename", "é"])
ANSWERS = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    ),
    max_size=6,
)
COMPONENTS = [
    {"type": "textfield", "key": "t", "validate": {"required": True, "maxLength": 4}},
    {"type": "number", "key": "n", "decimalDigits": 1, "validate": {"min": 0, "max": 3}},
    {"type": "checkbox", "key": "c"},
    {"type": "radio", "key": "r", "values": [{"value": "a"}, {"value": "b"}]},
    {"type": "taglist", "key": "m", "valuesKey": "units"},
    {"type": "datetime", "key": "d", "conditional": {"hide": "=c"}},
    {"type": "group", "path": "g", "components": [{"type": "number", "key": "x.y"}]},
    {
        "type": "dynamiclist",
        "path": "rows",
        "isRepeating": True,
        "allowAddRemove": True,
        "components": [
            {"type": "textfield", "key": "x", "readonly": "=this.y"},
            {"type": "checkbox", "key": "y"},
            {"type": "expression", "key": "n", "expression": "=this.x + i[1]"},
        ],
    },
]


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answers=ANSWERS, context=ANSWERS)
def test_any_answers(form, answers, context):
    made = form(*COMPONENTS)

    result = made.validate(answers, context)

    if not result.faults:
        # The slow, independent validator agrees with what was let through.
        shown = {name: value for name, value in answers.items() if value != ""}
        reference = jsonschema.Draft202012Validator(dict(made.schema))
        hidden = {"d"} if context.get("c") is True or answers.get("c") is True else set()
        kept = {name: value for name, value in shown.items() if name not in hidden | {"rows"}}
        assert "t" in kept
        assert not [
            error
            for error in reference.iter_errors(kept)
            if error.validator == "additionalProperties"
        ]
    assert set(result.values) <= {"t", "n", "c", "r", "m", "d", "g", "rows"}
