"""Members: who works here, inviting, roles, keys, leaving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from throughgate.access import actions, sessions
from throughgate.access.acting import current_member
from throughgate.access.forms import InviteForm, RolesForm
from throughgate.access.models import Invitation, Membership
from throughgate.access.rights import Right, role_table
from throughgate.access.screens.members import (
    FormerTable,
    MembersTable,
    exported,
    member_actions,
    member_panels,
    open_invitations,
    roles_words,
)
from throughgate.kit.forms import Form, bind
from throughgate.kit.pages import done, form_page
from throughgate.kit.panels import Action
from throughgate.vault.compartments import Compartment


def find_membership(membership_id: UUID) -> Membership:
    """404 for a member of another organisation."""
    row: Membership = get_object_or_404(Membership.objects.select_related("member"), id=membership_id)
    return row


def _current(membership_id: UUID) -> Membership:
    row: Membership = get_object_or_404(Membership.objects.select_related("member"), id=membership_id, ended_at=None)
    return row


def _page_of(row: Membership) -> str:
    return reverse("access:member", args=[row.id])


def _crumbs(row: Membership | None = None) -> list[dict[str, Any]]:
    crumbs: list[dict[str, Any]] = [{"label": gettext("Members"), "url": reverse("access:members")}]
    if row is not None:
        crumbs.append({"label": row.member.display_name, "url": _page_of(row)})
    return crumbs


def members(request: HttpRequest) -> HttpResponse:
    actor = current_member()
    may_manage = actor.has(Right.MEMBERS_MANAGE)
    table = MembersTable(request, on_export=exported if may_manage else None)
    table.feed(Membership.objects.filter(ended_at=None))
    add = [Action(gettext("Invite a member"), reverse("access:invite"))] if may_manage else []
    waiting = [(one, roles_words(one.roles)) for one in open_invitations()] if may_manage else []
    context = {"actions": add, "invitations": waiting, "tabs": _tabs("members")}
    return table.answer(context, template="access/members.html")


def former_members(request: HttpRequest) -> HttpResponse:
    table = FormerTable(request)
    table.feed(Membership.objects.exclude(ended_at=None))
    return table.answer({"tabs": _tabs("former_members")}, template="access/members.html")


def _tabs(current: str) -> list[dict[str, Any]]:
    labels = {"members": gettext("Members"), "former_members": gettext("Former members")}
    return [
        {"url": reverse(f"access:{name}"), "label": label, "current": name == current} for name, label in labels.items()
    ]


def member(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    row, actor = find_membership(membership_id), current_member()
    context = {"title": row.member.display_name, "panels": member_panels(row), "breadcrumbs": _crumbs()}
    may = {"may_manage": actor.has(Right.MEMBERS_MANAGE), "may_give": actor.has(Right.KEYS_GRANT)}
    return render(request, "kit/page_detail.html", {**context, "actions": member_actions(row, **may)})


def invite(request: HttpRequest) -> HttpResponse:
    form = bind(InviteForm, request)
    if request.method == "POST" and form.is_valid():
        return _show_code(request, *actions.invite(**form.cleaned_data))
    return form_page(
        request, form, title=gettext("Invite a member"), act=_never, to="", submit=gettext("Make an invitation code"),
        lede=gettext("You get a code to pass on. It works once, within 72 hours."), breadcrumbs=_crumbs(),
        cancel_url=reverse("access:members"),
    )  # fmt: skip


def _never(data: dict[str, Any]) -> None:
    raise AssertionError("a valid form was answered before")


def _show_code(request: HttpRequest, invitation: Invitation, code: str) -> HttpResponse:
    context = {
        "title": gettext("Invitation code"),
        "invitation": invitation,
        "code": code,
        "address": request.build_absolute_uri(reverse("access:join")),
        "breadcrumbs": _crumbs(),
    }
    return render(request, "access/invitation.html", context)


@require_POST
def cancel_invitation(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    actions.cancel_invitation(get_object_or_404(Invitation.objects, id=invitation_id, used_at=None))
    done(request, gettext("The invitation is cancelled: its code no longer works."))
    return redirect("access:members")


def change_roles(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    row = _current(membership_id)

    def act(data: dict[str, Any]) -> Membership:
        actions.change_roles(row, roles=data["roles"])
        _leave_if_ended(request)
        return row

    return form_page(
        request, bind(RolesForm, request, initial={"roles": row.roles}), title=gettext("Change roles"), act=act,
        lede=gettext(
            "Keys that the new roles do not give are taken back at once, and the member has to sign in again. "
            "Keys that they give anew come from a colleague."
        ),
        to=_page_of, done=gettext("The roles are changed."), breadcrumbs=_crumbs(row), cancel_url=_page_of(row),
    )  # fmt: skip


def _leave_if_ended(request: HttpRequest) -> None:
    """Whoever does this to themselves is signed out by it."""
    if sessions.gone(request):
        sessions.leave(request)


def end_membership(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    row = _current(membership_id)

    def act(data: dict[str, Any]) -> Membership:
        actions.end_membership(row)
        _leave_if_ended(request)
        return row

    consequences = [
        gettext("The member can no longer sign in here; their open sessions end at once."),
        gettext("The keys that were handed to them are destroyed."),
        gettext("What they wrote and did stays, under their name."),
        gettext("To come back, they must be invited as somebody new."),
    ]
    return form_page(
        request, bind(Form, request), title=gettext("End membership"), act=act, to=_page_of,
        done=gettext("The membership has ended."), template="kit/page_confirm.html", lede=row.member.display_name,
        consequences=consequences, irreversible=True, danger=True, submit=gettext("End membership"),
        breadcrumbs=_crumbs(row), cancel_url=_page_of(row),
    )  # fmt: skip


def give_keys(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    row = _current(membership_id)
    wanted = role_table().compartments_of(row.roles)
    consequences = [
        gettext("The member will be able to open: %(label)s.") % {"label": one.label}
        for one in Compartment
        if one in wanted
    ]
    return form_page(
        request, bind(Form, request), title=gettext("Give keys"), act=lambda _: actions.give_keys(row), to=_page_of,
        done=gettext("The keys are given."), undo=lambda row: reverse("access:take_keys", args=[row.id]),
        template="kit/page_confirm.html", lede=row.member.display_name, consequences=consequences,
        submit=gettext("Give keys"), breadcrumbs=_crumbs(row), cancel_url=_page_of(row),
    )  # fmt: skip


@require_POST
def take_keys(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    row = _current(membership_id)
    actions.take_keys(row)
    done(request, gettext("The keys are taken back."))
    return redirect(_page_of(row))


def readmit(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    row = _current(membership_id)
    form = bind(Form, request)
    if request.method == "POST" and form.is_valid():
        return _show_code(request, *actions.readmit(row))
    context = {
        "title": gettext("Let in again"),
        "lede": row.member.display_name,
        "form": form,
        "consequences": [
            gettext("You get a code to pass on. With it the member chooses a new passphrase."),
            gettext("Their former passphrase, second factor and sessions then stop working."),
            gettext("Nothing closed opens for them until you or another colleague gives them the keys."),
        ],
        "submit": gettext("Make an invitation code"),
        "breadcrumbs": _crumbs(row),
        "cancel_url": _page_of(row),
    }
    return render(request, "kit/page_confirm.html", context)
