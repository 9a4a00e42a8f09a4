"""The form-js schema (``.form``) compiled once: JSON Schema, visibility, computed values.

Every completion is validated with it, from whichever door it comes. Nothing of
a form is ever evaluated but FEEL; an unknown key is refused, a hidden field is
ignored, a computed value is always computed here.
"""

from engine.forms.compile import compile_form
from engine.forms.form import Form
from engine.forms.model import Component, FormFault, Validated
from engine.forms.settle import Placed, Settled

__all__ = ["Component", "Form", "FormFault", "Placed", "Settled", "Validated", "compile_form"]
