"""All tables, one file per noun."""

from engine.store.tables.accounts import account, login_failure, session, token
from engine.store.tables.arrivals import start_arrival
from engine.store.tables.clocks import clock
from engine.store.tables.connectors import connector_health
from engine.store.tables.decisions import decision_instance
from engine.store.tables.definitions import (
    decision_definition,
    decision_requirements,
    deployment,
    deployment_resource,
    form_definition,
    process_definition,
    resource,
    start_subscription,
    start_timer,
)
from engine.store.tables.documents import blob, component, document, document_access, upload
from engine.store.tables.dossiers import (
    dossier,
    dossier_code,
    dossier_secret,
    dossier_step,
    filing,
    person,
    procedure_version,
    tracking_failure,
)
from engine.store.tables.events import event, seal, seal_leaf
from engine.store.tables.feed import feed, feed_head
from engine.store.tables.handover import hand_over
from engine.store.tables.incidents import incident
from engine.store.tables.instances import element_instance, process_instance
from engine.store.tables.interventions import intervention
from engine.store.tables.jobs import job
from engine.store.tables.key_blocks import key_block
from engine.store.tables.law import law_revision, law_row
from engine.store.tables.legal_clocks import legal_clock, legal_extension, legal_pause
from engine.store.tables.messages import message, message_taken
from engine.store.tables.metadata import VISIBILITY, metadata
from engine.store.tables.money import duty, receipt
from engine.store.tables.notifications import notification
from engine.store.tables.papers import issued_number, number_series, paper_printing
from engine.store.tables.portal import portal_cursor, portal_message, reconciliation
from engine.store.tables.registers import electronic_copy, register_item
from engine.store.tables.replays import idempotency
from engine.store.tables.retention import erasure, removed_root, retention
from engine.store.tables.roots import root
from engine.store.tables.tasks import task_candidate, user_task
from engine.store.tables.variables import variable
from engine.store.tables.waits import subscription, timer
from engine.store.tables.webhooks import webhook, webhook_delivery

__all__ = [
    "VISIBILITY",
    "account",
    "blob",
    "clock",
    "component",
    "connector_health",
    "decision_definition",
    "decision_instance",
    "decision_requirements",
    "deployment",
    "deployment_resource",
    "document",
    "document_access",
    "dossier",
    "dossier_code",
    "dossier_secret",
    "dossier_step",
    "duty",
    "electronic_copy",
    "element_instance",
    "erasure",
    "event",
    "feed",
    "feed_head",
    "filing",
    "form_definition",
    "hand_over",
    "idempotency",
    "incident",
    "intervention",
    "issued_number",
    "job",
    "key_block",
    "law_revision",
    "law_row",
    "legal_clock",
    "legal_extension",
    "legal_pause",
    "login_failure",
    "message",
    "message_taken",
    "metadata",
    "notification",
    "number_series",
    "paper_printing",
    "person",
    "portal_cursor",
    "portal_message",
    "procedure_version",
    "process_definition",
    "process_instance",
    "receipt",
    "reconciliation",
    "register_item",
    "removed_root",
    "resource",
    "retention",
    "root",
    "seal",
    "seal_leaf",
    "session",
    "start_arrival",
    "start_subscription",
    "start_timer",
    "subscription",
    "task_candidate",
    "timer",
    "token",
    "tracking_failure",
    "upload",
    "user_task",
    "variable",
    "webhook",
    "webhook_delivery",
]
