"""Pictures and frames come from this server only: a form cannot make a counter call out."""

from __future__ import annotations

from engine.forms.template import is_dynamic


def is_own(source: str) -> bool:
    """True for a path of this server: one slash first, no scheme, no host, no backslash."""
    return (
        source.startswith("/")
        and not source.startswith("//")
        and "\\" not in source
        and not any(ord(character) <= 32 for character in source)
    )


def source_fault(source: str) -> str | None:
    """Why a source written in a form is refused; an expression is checked when it is shown."""
    if is_dynamic(source) or source == "" or is_own(source):
        return None
    return "must be a path of this server that begins with one /, not an address elsewhere"
