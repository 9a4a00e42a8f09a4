"""One error tree with stable codes.

``Rejected`` is the caller's fault: nothing was written, the door answers with
the class's HTTP status. Faults of a model or of the outside world are not
errors here but incidents (events). Anything else that is raised is our bug.
Messages never contain a personal value: they name fields, ids and rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


class MotcuaError(Exception):
    """Root of every error this product raises on purpose."""

    code: ClassVar[str] = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with an input: where (JSON pointer or element), which rule, in words.

    ``sentence_vi`` is the same in Vietnamese, where the one who refuses knows it.
    """

    pointer: str
    code: str
    sentence: str
    sentence_vi: str = ""


class Rejected(MotcuaError):
    """The caller's fault: refused before anything was written."""

    code = "rejected"

    def __init__(self, sentence: str, *, code: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.reason = code or type(self).code


class InvalidInput(Rejected, ValueError):
    """The request, form or file is not acceptable; ``faults`` says where and why."""

    code = "invalid-input"

    def __init__(
        self, sentence: str, faults: Sequence[Fault] = (), *, code: str | None = None
    ) -> None:
        super().__init__(sentence, code=code)
        self.faults = tuple(faults)


class DeployRefused(InvalidInput):
    """A resource cannot be deployed; ``findings`` carries rule, element, line and hint."""

    code = "deploy-refused"

    def __init__(self, sentence: str, findings: Sequence[object] = ()) -> None:
        super().__init__(sentence)
        self.findings = tuple(findings)


class NotAuthenticated(Rejected):
    """Nobody is logged in, or the credentials do not hold."""

    code = "not-authenticated"


class Forbidden(Rejected, PermissionError):
    """The actor may not do this to that subject."""

    code = "forbidden"


class NotFound(Rejected, LookupError):
    """No such thing, or the actor may not know of it."""

    code = "not-found"


class Conflict(Rejected):
    """The subject is in a state that does not allow the command."""

    code = "conflict"


class MigrationRefused(Conflict):
    """A running instance does not fit a migration plan; ``faults`` says where and why."""

    code = "migration-refused"

    def __init__(self, sentence: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(sentence)
        self.faults = tuple(faults)


class PreconditionFailed(Conflict):
    """``If-Match`` named another revision than the current one."""

    code = "precondition-failed"


class TooLarge(Rejected):
    """The body is larger than the limit of its route."""

    code = "too-large"


class NotSupported(Rejected):
    """Known, and honestly not built."""

    code = "not-supported"


class Unavailable(Rejected):
    """The engine cannot serve now; the same call may be made again."""

    code = "unavailable"


class TimedOut(Rejected, TimeoutError):
    """The result did not arrive in the time the caller gave; the work goes on."""

    code = "timed-out"
