"""Regular expressions of XPath and XQuery, matched in bounded time.

Patterns become a small program that never visits the same instruction at the same
character twice, so ``(a+)+$`` costs no more than ``a+$``. Back references need a
longer memory; every step of either is paid from the evaluation's budget.
"""

from engine.feel.regex.matcher import Match, Regex, compile_regex

__all__ = ["Match", "Regex", "compile_regex"]
