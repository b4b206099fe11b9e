from django.urls import path

from throughgate.access.routes import ANY_MEMBER, page
from throughgate.casework.rights import Right
from throughgate.casework.views import plans

CASE = "cases/<reference>/"
STEP = f"{CASE}steps/<uuid:row_id>/"

urlpatterns = [
    path("plans/templates/", page(plans.templates, needs=ANY_MEMBER), name="templates"),
    path("plans/templates/<code>/", page(plans.template, needs=ANY_MEMBER), name="template"),
    path(f"{CASE}plan/new/", page(plans.choose_template, needs=Right.PLAN), name="choose_template"),
    path(f"{CASE}plan/new/<code>/", page(plans.make_plan, needs=Right.PLAN), name="make_plan"),
    path(f"{CASE}plan/<uuid:row_id>/event/", page(plans.note_event, needs=Right.WORK), name="note_event"),
    path(f"{CASE}steps/new/", page(plans.add_step, needs=Right.PLAN), name="add_step"),
    path(STEP, page(plans.step, needs=Right.VIEW), name="step"),
    path(f"{STEP}do/", page(plans.do_step, needs=Right.WORK), name="do_step"),
    path(f"{STEP}undo/", page(plans.undo_step, needs=Right.WORK), name="undo_step"),
    path(f"{STEP}skip/", page(plans.skip_step, needs=Right.WORK), name="skip_step"),
    path(f"{STEP}pin/", page(plans.pin_step, needs=Right.PLAN), name="pin_step"),
    path(f"{STEP}unpin/", page(plans.unpin_step, needs=Right.PLAN), name="unpin_step"),
    path(f"{STEP}give/", page(plans.give_step, needs=Right.PLAN), name="give_step"),
    path(f"{CASE}gate/", page(plans.gate_day, needs=Right.PLAN), name="gate_day"),
]
