"""What this room's entries in the log are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughgate.access import log_words

LOG = {
    "custody.record_event": _("recorded what happened"),
    "custody.record_sign_of_life": _("recorded a sign of life"),
    "custody.amend_event": _("corrected a report"),
    "custody.withdraw_event": _("took back a report"),
    "custody.give_back_event": _("let a report count again"),
    "custody.prefer_event": _("chose which report to go by"),
    "custody.supersede_event": _("replaced a report"),
    "custody.add_charge": _("added a charge"),
    "custody.add_hearing": _("added a hearing"),
    "custody.add_sentence": _("added a sentence"),
    "custody.amend_sentence": _("corrected a sentence"),
    "custody.set_aside_sentence": _("recorded that a sentence was set aside"),
    "custody.add_credit": _("added a credit of time"),
    "custody.add_reduction": _("added a reduction of the term"),
    "custody.add_extension": _("added an extension of the term"),
    "custody.tell_release_date": _("added a release date"),
    "custody.compute_release_date": _("computed the release date"),
    "custody.withdraw_release_date": _("took back a release date"),
    "custody.give_back_release_date": _("let a release date stand again"),
    "custody.assess_status": _("recorded an assessment of status"),
    "custody.add_facility": _("added a place of detention"),
    "custody.facility.amend": _("corrected a place of detention"),
    "custody.bring_up_to_date": _("brought people’s standings up to date"),
}

log_words.register(LOG)
