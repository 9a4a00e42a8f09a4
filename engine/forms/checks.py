"""What a property of a component may hold: small checks that answer with a reason or None."""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.forms.expressions import expression_fault
from engine.forms.origin import source_fault
from engine.forms.template import template_fault

Check = Callable[[object], str | None]
"""Why a value is wrong, or None."""

KEY = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


def text(value: object) -> str | None:
    """Plain text."""
    return None if isinstance(value, str) else "must be text"


def template(value: object) -> str | None:
    """Text that may be FEEL (``=``) or hold ``{{ }}``."""
    return text(value) or template_fault(str(value))


def flag(value: object) -> str | None:
    """true or false."""
    return None if isinstance(value, bool) else "must be true or false"


def feel(value: object) -> str | None:
    """A FEEL expression, with ``=``."""
    if not (isinstance(value, str) and value.startswith("=")):
        return "must be a FEEL expression that begins with ="
    return expression_fault(value)


def flag_or_feel(value: object) -> str | None:
    """true, false or FEEL."""
    if isinstance(value, str) and value.startswith("="):
        return expression_fault(value)
    return flag(value) and "must be true, false or a FEEL expression (=...)"


def whole(value: object) -> str | None:
    """A whole number, not negative."""
    good = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return None if good else "must be a whole number, 0 or more"


def whole_or_feel(value: object) -> str | None:
    """A length or FEEL."""
    if isinstance(value, str) and value.startswith("="):
        return expression_fault(value)
    return whole(value)


def number(value: object) -> str | None:
    """A number, as number or text."""
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return None
    good = isinstance(value, int | float) and not isinstance(value, bool)
    return None if good else "must be a number"


def number_or_feel(value: object) -> str | None:
    """A number or FEEL."""
    if isinstance(value, str) and value.startswith("="):
        return expression_fault(value)
    return number(value)


def one_of(*choices: str) -> Check:
    """One of a few words."""

    def check(value: object) -> str | None:
        return None if value in choices else f"must be one of: {', '.join(choices)}"

    return check


def key(value: object) -> str | None:
    """A dotted name, each part a name FEEL can say."""
    if isinstance(value, str) and KEY.fullmatch(value):
        return None
    return "must be a name, or names joined by dots; letters, digits and _, no digit first"


def own_origin(value: object) -> str | None:
    """A picture or frame of this server, or an expression that is checked when it is shown."""
    return text(value) or source_fault(str(value))


def rows(value: object) -> str | None:
    """Columns of a table."""
    good = isinstance(value, list) and all(
        isinstance(one, dict) and isinstance(one.get("key"), str) for one in value
    )
    return None if good else "must be a list of {label, key}"


def choices(value: object) -> str | None:
    """Static options."""
    good = isinstance(value, list) and all(
        isinstance(one, dict) and isinstance(one.get("value"), str | int | float | bool)
        for one in value
    )
    return None if good else "must be a list of {label, value}"


def anything(_value: object) -> str | None:
    """Checked elsewhere, or only carried along for whoever draws the form."""
    return None
