"""Signing in, one's own account, members, keys, the log."""

from django.urls import path

from throughgate.access.rights import Right
from throughgate.access.routes import ANY_MEMBER, LOCKED_TOO, PUBLIC, page
from throughgate.access.views import account, coming_in, log, members, security

app_name = "access"

urlpatterns = [
    path("sign-in/", page(coming_in.sign_in, needs=PUBLIC), name="sign_in"),
    path("sign-in/code/", page(coming_in.sign_in_code, needs=PUBLIC), name="sign_in_code"),
    path("join/", page(coming_in.join, needs=PUBLIC), name="join"),
    path("unlock/", page(coming_in.unlock, needs=LOCKED_TOO), name="unlock"),
    path("lock/", page(coming_in.lock, needs=LOCKED_TOO), name="lock"),
    path("sign-out/", page(coming_in.sign_out, needs=LOCKED_TOO), name="sign_out"),
    path("prove/", page(coming_in.prove, needs=ANY_MEMBER), name="prove"),
    path("account/", page(account.account, needs=ANY_MEMBER), name="account"),
    path("account/change/", page(account.change_account, needs=ANY_MEMBER), name="change_account"),
    path("account/passphrase/", page(account.change_passphrase, needs=ANY_MEMBER), name="change_passphrase"),
    path("account/second-factor/", page(account.second_factor, needs=ANY_MEMBER, proved=True), name="second_factor"),
    path("account/recovery-codes/", page(account.recovery_codes, needs=ANY_MEMBER, proved=True), name="recovery_codes"),
    path("account/sessions/<mark>/end/", page(account.end_session, needs=ANY_MEMBER), name="end_session"),
    path("account/close-keys/", page(account.close_my_keys, needs=ANY_MEMBER), name="close_my_keys"),
    path("members/", page(members.members, needs=Right.MEMBERS_VIEW), name="members"),
    path("members/former/", page(members.former_members, needs=Right.MEMBERS_VIEW), name="former_members"),
    path("members/invite/", page(members.invite, needs=Right.MEMBERS_MANAGE, proved=True), name="invite"),
    path(
        "members/invitations/<uuid:invitation_id>/cancel/",
        page(members.cancel_invitation, needs=Right.MEMBERS_MANAGE),
        name="cancel_invitation",
    ),
    path("members/<uuid:membership_id>/", page(members.member, needs=Right.MEMBERS_VIEW), name="member"),
    path(
        "members/<uuid:membership_id>/roles/",
        page(members.change_roles, needs=Right.MEMBERS_MANAGE, proved=True),
        name="change_roles",
    ),
    path(
        "members/<uuid:membership_id>/end/",
        page(members.end_membership, needs=Right.MEMBERS_MANAGE, proved=True),
        name="end_membership",
    ),
    path(
        "members/<uuid:membership_id>/give-keys/",
        page(members.give_keys, needs=Right.KEYS_GRANT, proved=True),
        name="give_keys",
    ),
    path("members/<uuid:membership_id>/take-keys/", page(members.take_keys, needs=Right.KEYS_GRANT), name="take_keys"),
    path(
        "members/<uuid:membership_id>/let-in/",
        page(members.readmit, needs=Right.KEYS_GRANT, proved=True),
        name="readmit",
    ),
    path("security/", page(security.security, needs=Right.LOCK_EVERYTHING), name="security"),
    path("security/mode/", page(security.change_mode, needs=Right.MODE_CHANGE, proved=True), name="change_mode"),
    path("security/lock/", page(security.lock_everything, needs=Right.LOCK_EVERYTHING), name="lock_everything"),
    path(
        "security/rings/<slug:compartment>/renew/",
        page(security.rotate_ring, needs=Right.KEYS_ROTATE, proved=True),
        name="rotate_ring",
    ),
    path("security/shares/make/", page(security.make_shares, needs=Right.RECOVERY, proved=True), name="make_shares"),
    path("security/shares/use/", page(security.use_shares, needs=Right.RECOVERY, proved=True), name="use_shares"),
    path("log/", page(log.log, needs=Right.LOG_VIEW), name="log"),
    path("log/verify/", page(log.verify_log, needs=Right.LOG_VIEW), name="verify_log"),
]
