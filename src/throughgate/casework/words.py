"""What this room's entries in the log are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughgate.access import log_words

LOG = {
    "casework.propose_case": _("proposed a case"),
    "casework.open_case": _("opened a case"),
    "casework.accept_case": _("accepted a proposed case"),
    "casework.pause_case": _("paused a case"),
    "casework.resume_case": _("went on with a paused case"),
    "casework.close_case": _("closed a case"),
    "casework.reopen_case": _("reopened a case"),
    "casework.change_lead": _("handed a case over"),
    "casework.note_day": _("set a day that plans hang on"),
    "casework.add_to_team": _("added somebody to the team"),
    "casework.remove_from_team": _("took somebody from the team"),
    "casework.back_to_team": _("put somebody back into the team"),
    "casework.identify_need": _("recorded a need"),
    "casework.identify_needs": _("recorded needs"),
    "casework.change_need": _("changed the state of a need"),
    "casework.give_need": _("said who answers for a need"),
    "casework.review_pathway": _("reviewed a pathway"),
    "casework.undo_review": _("took back a review of a pathway"),
    "casework.make_plan": _("made a plan"),
    "casework.note_event": _("set the day of the event of a plan"),
    "casework.add_step": _("added a step"),
    "casework.pin_step": _("fixed a step to a day"),
    "casework.unpin_step": _("let a step follow its date again"),
    "casework.give_step": _("gave a step to somebody"),
    "casework.do_step": _("did a step"),
    "casework.skip_step": _("skipped a step"),
    "casework.undo_step": _("said that a step is to be done again"),
    "casework.plan_gate_day": _("planned the day at the gate"),
    "casework.add_task": _("added a task"),
    "casework.do_task": _("did a task"),
    "casework.undo_task": _("said that a task is to be done again"),
    "casework.record_contact": _("recorded a contact"),
    "casework.undo_contact": _("took back a contact"),
    "casework.miss_follow_up": _("recorded why a follow-up did not happen"),
    "casework.undo_missed": _("said that a follow-up is due again"),
    "casework.measure_outcomes": _("recorded outcomes"),
    "casework.case.amend": _("corrected a case"),
    "casework.contact.amend": _("corrected a contact"),
    "casework.need.amend": _("corrected a need"),
    "casework.step.amend": _("corrected a step"),
    "casework.task.amend": _("changed a task"),
}

log_words.register(LOG)
