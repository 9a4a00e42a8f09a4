"""Every command, its handler and the permission that may send it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from engine.commands import (
    accept_filing,
    activate_jobs,
    assign_task,
    broadcast_signal,
    cancel_instance,
    change_dossier,
    change_law,
    check_clocks,
    complete_job,
    complete_task,
    connectors,
    correct_result,
    correlate_message,
    deliver_message,
    deliver_signal,
    deploy_resources,
    determine_duty,
    evaluate_decision,
    fail_job,
    file_dossier,
    find_late,
    fire_timers,
    hand_over,
    issue_copy,
    issue_number,
    keep_clock,
    keep_document,
    keep_history,
    keep_register_item,
    load_law,
    log_in,
    manage_accounts,
    manage_webhooks,
    merge_units,
    migrate_instance,
    modify_instance,
    notifications,
    park_job,
    pin_clock,
    portal_messages,
    print_paper,
    provision_accounts,
    publish_message,
    read_document,
    receive_dossier,
    reconcile_portal,
    rehome_root,
    relay_events,
    resolve_incident,
    run_inside_job,
    run_outgoing,
    send_webhooks,
    set_variables,
    settle_component,
    start_instance,
    store_document,
    suspend_instance,
    take_payment,
    take_step,
    throw_job_error,
    track_dossier,
    update_job,
    update_task,
    upload_document,
)
from engine.commands.context import Context, Result

Handler = Callable[[Any, Context], Result]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ability:
    """One row: who may send the command is a name of ``engine.domain.permissions``."""

    permission: str
    handler: Handler


def _ability(permission: str, handler: Handler) -> Ability:
    return Ability(permission=permission, handler=handler)


ABILITIES: Final[Mapping[type, Ability]] = MappingProxyType(
    {
        deploy_resources.DeployResources: _ability("deploy", deploy_resources.deploy_resources),
        evaluate_decision.EvaluateDecision: _ability("decide", evaluate_decision.evaluate_decision),
        manage_webhooks.CreateWebhook: _ability("webhooks", manage_webhooks.create_webhook),
        manage_webhooks.ChangeWebhook: _ability("webhooks", manage_webhooks.change_webhook),
        manage_webhooks.RotateSecret: _ability("webhooks", manage_webhooks.rotate_secret),
        manage_webhooks.ReplayWebhook: _ability("webhooks", manage_webhooks.replay_webhook),
        manage_webhooks.DeleteWebhook: _ability("webhooks", manage_webhooks.delete_webhook),
        send_webhooks.ClaimDeliveries: _ability("internal", send_webhooks.claim_deliveries),
        send_webhooks.SettleDelivery: _ability("internal", send_webhooks.settle_delivery),
        relay_events.ContinueReplay: _ability("internal", relay_events.continue_replay),
        relay_events.RelayEvents: _ability("internal", relay_events.relay_events),
        start_instance.StartInstance: _ability("start", start_instance.start_instance),
        cancel_instance.CancelInstance: _ability("cancel", cancel_instance.cancel_instance),
        complete_task.CompleteTask: _ability("task", complete_task.complete_task),
        assign_task.AssignTask: _ability("task", assign_task.assign_task),
        update_task.UpdateTask: _ability("task", update_task.update_task),
        activate_jobs.ActivateJobs: _ability("job", activate_jobs.activate_jobs),
        complete_job.CompleteJob: _ability("job", complete_job.complete_job),
        fail_job.FailJob: _ability("job", fail_job.fail_job),
        throw_job_error.ThrowJobError: _ability("job", throw_job_error.throw_job_error),
        update_job.UpdateJob: _ability("job", update_job.update_job),
        publish_message.PublishMessage: _ability("message", publish_message.publish_message),
        correlate_message.CorrelateMessage: _ability(
            "message", correlate_message.correlate_message
        ),
        broadcast_signal.BroadcastSignal: _ability("message", broadcast_signal.broadcast_signal),
        resolve_incident.ResolveIncident: _ability("operate", resolve_incident.resolve_incident),
        keep_history.SetRetention: _ability("erase", keep_history.set_retention),
        keep_history.HoldInstance: _ability("operate", keep_history.hold_instance),
        keep_history.ReleaseInstance: _ability("operate", keep_history.release_instance),
        keep_history.CleanUp: _ability("operate", keep_history.clean_up),
        keep_history.EraseInstance: _ability("erase", keep_history.erase_instance),
        migrate_instance.MigrateInstance: _ability("operate", migrate_instance.migrate_instance),
        modify_instance.ModifyInstance: _ability("operate", modify_instance.modify_instance),
        suspend_instance.SuspendInstance: _ability("operate", suspend_instance.suspend_instance),
        suspend_instance.ResumeInstance: _ability("operate", suspend_instance.resume_instance),
        set_variables.SetVariables: _ability("variables", set_variables.set_variables),
        change_dossier.ChooseReturn: _ability("dossier", change_dossier.choose_return),
        change_dossier.RenewSecret: _ability("dossier", change_dossier.renew_secret),
        correct_result.CorrectResult: _ability("dossier", correct_result.correct_result),
        track_dossier.TrackDossier: _ability("anybody", track_dossier.track_dossier),
        accept_filing.AcceptFiling: _ability("receive", accept_filing.accept_filing),
        file_dossier.FileDossier: _ability("intake", file_dossier.file_dossier),
        determine_duty.DetermineDuty: _ability("dossier", determine_duty.determine_duty),
        take_payment.TakePayment: _ability("dossier", take_payment.take_payment),
        take_payment.RefundPayment: _ability("dossier", take_payment.refund_payment),
        find_late.FindLateSupplements: _ability("internal", find_late.find_late_supplements),
        take_step.TakeStep: _ability("dossier", take_step.take_step),
        receive_dossier.ReceiveDossier: _ability("receive", receive_dossier.receive_dossier),
        upload_document.BeginUpload: _ability("document", upload_document.begin_upload),
        upload_document.AppendUpload: _ability("document", upload_document.append_upload),
        upload_document.FinishUpload: _ability("document", upload_document.finish_upload),
        upload_document.CancelUpload: _ability("document", upload_document.cancel_upload),
        store_document.StoreDocument: _ability("document", store_document.store_document),
        store_document.AttachDocument: _ability("document", store_document.attach_document),
        read_document.ReadDocument: _ability("document", read_document.read_document),
        keep_document.DeleteDocument: _ability("document", keep_document.delete_document),
        keep_document.RetainDocument: _ability("operate", keep_document.retain_document),
        keep_document.ScanDocument: _ability("operate", keep_document.scan_document),
        keep_document.ExpireDocument: _ability("internal", keep_document.expire_document),
        keep_register_item.KeepRegisterItem: _ability(
            "document", keep_register_item.keep_register_item
        ),
        keep_register_item.EndRegisterItem: _ability(
            "document", keep_register_item.end_register_item
        ),
        keep_register_item.ConsultRegister: _ability(
            "document", keep_register_item.consult_register
        ),
        issue_copy.IssueCopy: _ability("document", issue_copy.issue_copy),
        issue_copy.RevokeCopy: _ability("document", issue_copy.revoke_copy),
        issue_copy.FetchCopy: _ability("document", issue_copy.fetch_copy),
        settle_component.RequireComponents: _ability(
            "document", settle_component.require_components
        ),
        settle_component.SettleComponent: _ability("document", settle_component.settle_component),
        settle_component.CheckComponent: _ability("document", settle_component.check_component),
        pin_clock.PinClock: _ability("clock", pin_clock.pin_clock),
        change_law.ChangeLaw: _ability("law", change_law.change_law),
        print_paper.PrintPaper: _ability("dossier", print_paper.print_paper),
        print_paper.PrintRegister: _ability("dossier", print_paper.print_register),
        issue_number.IssueNumber: _ability("dossier", issue_number.issue_number),
        issue_number.PrintBook: _ability("dossier", issue_number.print_book),
        keep_clock.PauseDossier: _ability("dossier", keep_clock.pause_dossier),
        keep_clock.ResumeDossier: _ability("dossier", keep_clock.resume_dossier),
        keep_clock.ExtendDossier: _ability("dossier", keep_clock.extend_dossier),
        keep_clock.ExplainDeadline: _ability("anybody", keep_clock.explain_deadline),
        check_clocks.WhatIf: _ability("what-if", check_clocks.what_if),
        check_clocks.FindOutdated: _ability("internal", check_clocks.find_outdated),
        check_clocks.CheckClocks: _ability("internal", check_clocks.check_clocks),
        merge_units.MergeUnits: _ability("merge", merge_units.merge_units),
        rehome_root.RehomeRoot: _ability("merge", rehome_root.rehome_root),
        load_law.LoadLaw: _ability("law", load_law.load_law),
        log_in.LogIn: _ability("anybody", log_in.log_in),
        log_in.LogOut: _ability("anybody", log_in.log_out),
        log_in.CountFailedLogIn: _ability("internal", log_in.count_failed_log_in),
        provision_accounts.ProvisionAccounts: _ability(
            "accounts", provision_accounts.provision_accounts
        ),
        manage_accounts.CreateAccount: _ability("accounts", manage_accounts.create_account),
        manage_accounts.ChangeAccount: _ability("accounts", manage_accounts.change_account),
        manage_accounts.IssueToken: _ability("accounts", manage_accounts.issue_token),
        manage_accounts.RevokeToken: _ability("accounts", manage_accounts.revoke_token),
        deliver_message.DeliverMessage: _ability("internal", deliver_message.deliver_message),
        deliver_signal.DeliverSignal: _ability("internal", deliver_signal.deliver_signal),
        connectors.ListConnectors: _ability("operate", connectors.list_connectors),
        connectors.OpenConnector: _ability("internal", connectors.open_connector),
        connectors.NoteConnectorCall: _ability("internal", connectors.note_connector_call),
        notifications.ListNotifications: _ability("task", notifications.list_notifications),
        notifications.ReadNotification: _ability("task", notifications.read_notification),
        park_job.ParkJob: _ability("internal", park_job.park_job),
        run_inside_job.RunInsideJob: _ability("internal", run_inside_job.run_inside_job),
        run_outgoing.StartFromSignal: _ability("internal", run_outgoing.start_from_signal),
        run_outgoing.PublishThrown: _ability("internal", run_outgoing.publish_thrown),
        fire_timers.FireTimers: _ability("internal", fire_timers.fire_timers),
        portal_messages.QueuePortalMessages: _ability(
            "internal", portal_messages.queue_portal_messages
        ),
        portal_messages.TakePortalMessages: _ability(
            "internal", portal_messages.take_portal_messages
        ),
        portal_messages.FinishPortalMessage: _ability(
            "internal", portal_messages.finish_portal_message
        ),
        hand_over.OfferHandOver: _ability("dossier", hand_over.offer_hand_over),
        hand_over.AnswerHandOver: _ability("dossier", hand_over.answer_hand_over),
        hand_over.ExpireHandOver: _ability("internal", hand_over.expire_hand_over),
        reconcile_portal.MarkPortalDifference: _ability(
            "internal", reconcile_portal.mark_portal_difference
        ),
        reconcile_portal.ReconcilePortal: _ability("operate", reconcile_portal.reconcile_portal),
        fire_timers.FireStart: _ability("internal", fire_timers.fire_start),
    }
)
