"""What happened, in the past tense: ids, names and states, never a value a person gave.

The runtime, commands and worker produce events; ``engine.store.appliers`` turns
each into row changes; the same event is history, audit and outbox.
"""

from engine.domain.events.decisions import DecisionEvaluated
from engine.domain.events.event import Event
from engine.domain.events.instances import (
    ElementActivated,
    ElementCompleted,
    ElementTerminated,
    FlowTaken,
    InstanceCompleted,
    InstanceStarted,
    InstanceTerminated,
)
from engine.domain.events.interventions import InstanceResumed, InstanceSuspended
from engine.domain.events.jobs import (
    JobCanceled,
    JobCompleted,
    JobCreated,
    JobErrorThrown,
    JobFailed,
    JobUpdated,
)
from engine.domain.events.law import LawChanged
from engine.domain.events.operations import (
    AccountChanged,
    AccountCreated,
    ClockPinned,
    LoggedIn,
    LoggedOut,
    LogInRefused,
    MessagePublished,
    ResourcesDeployed,
    SignalBroadcast,
    TokenIssued,
    TokenRevoked,
)
from engine.domain.events.states import (
    IncidentRaised,
    IncidentResolved,
    ScopeClosed,
    VariablesChanged,
)
from engine.domain.events.tasks import (
    TaskAssigned,
    TaskCanceled,
    TaskCompleted,
    TaskCreated,
    TaskUpdated,
)
from engine.domain.events.waits import (
    EscalationUncaught,
    MessageThrown,
    SignalThrown,
    SubscriptionClosed,
    SubscriptionOpened,
    TimerClosed,
    TimerScheduled,
)

__all__ = [
    "AccountChanged",
    "AccountCreated",
    "ClockPinned",
    "DecisionEvaluated",
    "ElementActivated",
    "ElementCompleted",
    "ElementTerminated",
    "EscalationUncaught",
    "Event",
    "FlowTaken",
    "IncidentRaised",
    "IncidentResolved",
    "InstanceCompleted",
    "InstanceResumed",
    "InstanceStarted",
    "InstanceSuspended",
    "InstanceTerminated",
    "JobCanceled",
    "JobCompleted",
    "JobCreated",
    "JobErrorThrown",
    "JobFailed",
    "JobUpdated",
    "LawChanged",
    "LogInRefused",
    "LoggedIn",
    "LoggedOut",
    "MessagePublished",
    "MessageThrown",
    "ResourcesDeployed",
    "ScopeClosed",
    "SignalBroadcast",
    "SignalThrown",
    "SubscriptionClosed",
    "SubscriptionOpened",
    "TaskAssigned",
    "TaskCanceled",
    "TaskCompleted",
    "TaskCreated",
    "TaskUpdated",
    "TimerClosed",
    "TimerScheduled",
    "TokenIssued",
    "TokenRevoked",
    "VariablesChanged",
]
