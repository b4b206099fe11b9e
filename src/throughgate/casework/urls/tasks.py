from django.urls import path

from throughgate.access.routes import page
from throughgate.casework.rights import Right
from throughgate.casework.views import tasks

urlpatterns = [
    path("tasks/", page(tasks.tasks, needs=Right.VIEW), name="tasks"),
    path("tasks/new/", page(tasks.add_task, needs=Right.WORK), name="add_task"),
    path("tasks/<uuid:task_id>/change/", page(tasks.amend_task, needs=Right.WORK), name="amend_task"),
    path("tasks/<uuid:task_id>/done/", page(tasks.do_task, needs=Right.WORK), name="do_task"),
    path("tasks/<uuid:task_id>/undo/", page(tasks.undo_task, needs=Right.WORK), name="undo_task"),
    path("steps/", page(tasks.steps, needs=Right.VIEW), name="steps"),
]
