"""All tables, one file per noun."""

from engine.store.tables.account import account, login_failure, session, token
from engine.store.tables.clock import clock
from engine.store.tables.definition import (
    deployment,
    deployment_resource,
    form_definition,
    process_definition,
    resource,
    start_subscription,
    start_timer,
)
from engine.store.tables.event import event, seal, seal_leaf
from engine.store.tables.idempotency import idempotency
from engine.store.tables.incident import incident
from engine.store.tables.instance import element_instance, process_instance
from engine.store.tables.job import job
from engine.store.tables.key_block import key_block
from engine.store.tables.message import message, message_taken
from engine.store.tables.metadata import VISIBILITY, metadata
from engine.store.tables.root import root
from engine.store.tables.task import task_candidate, user_task
from engine.store.tables.variable import variable
from engine.store.tables.wait import subscription, timer

__all__ = [
    "VISIBILITY",
    "account",
    "clock",
    "deployment",
    "deployment_resource",
    "element_instance",
    "event",
    "form_definition",
    "idempotency",
    "incident",
    "job",
    "key_block",
    "login_failure",
    "message",
    "message_taken",
    "metadata",
    "process_definition",
    "process_instance",
    "resource",
    "root",
    "seal",
    "seal_leaf",
    "session",
    "start_subscription",
    "start_timer",
    "subscription",
    "task_candidate",
    "timer",
    "token",
    "user_task",
    "variable",
]
