"""Forms drawn by the server: a settled form becomes pieces, a posted page becomes answers.

Nothing is decided here: visibility, locks and computed values come from
``engine.forms``, and every completion is checked there again.
"""

from web.forms.draw import drawn
from web.forms.posted import answers_of
from web.forms.rows import changed_rows
from web.forms.start import first_answers

__all__ = ["answers_of", "changed_rows", "drawn", "first_answers"]
