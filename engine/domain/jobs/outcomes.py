"""What a handler of a built-in job type is given, and the four things it may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.domain.records import JobRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One leased job: its row, the variables its element sees, and business time.

    Numbers in ``variables`` are ``Decimal``. ``job.fence`` is the lease's number.
    """

    job: JobRecord
    variables: Mapping[str, object]
    now: datetime

    @property
    def headers(self) -> Mapping[str, str]:
        """``zeebe:taskHeaders`` of the element."""
        return self.job.headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """Done; the variables go into the process like any worker's."""

    variables: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Not done. Without ``again`` the job becomes an incident at once.

    ``back_off`` in seconds; None lets the common rule choose. The message is
    shown to operators: it names hosts, headers and rules, never a value.
    """

    message: str
    again: bool = True
    back_off: float | None = None
    variables: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thrown:
    """A BPMN error for the innermost catcher."""

    code: str
    message: str = ""
    variables: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """The job stays open until some command completes it, or is tried again at ``until``."""

    until: datetime | None = None


Outcome = Completed | Failed | Thrown | Parked
