"""What a member may type about themselves, colleagues and keys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from throughgate.access import signing_in
from throughgate.access.models import Member, Membership, Mode, Organisation
from throughgate.core.vocab import vocabulary
from throughgate.kit.forms import Form

# Longer ones cost the server and add nothing.
LONGEST_PASSPHRASE = 1000

WEAK = {
    "short": _("Use at least 12 characters; four or five unrelated words are good."),
    "personal": _("It contains your own name or sign-in name. Use words that have nothing to do with you."),
    "common": _("It is made of words that everybody tries first. Use four or five unrelated words."),
    "keyboard": _("It follows the keys of the keyboard. Use four or five unrelated words."),
    "repeated": _("It repeats the same letters. Use four or five unrelated words."),
    "sequence": _("It follows the alphabet or counts up. Use four or five unrelated words."),
    "date": _("It is mostly a date, and dates are tried early. Use four or five unrelated words."),
    "guessable": _("It is too easy to guess. Use four or five unrelated words."),
}


def passphrase_field(label: Any, *, new: bool = False, **options: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=LONGEST_PASSPHRASE, **options)


def code_field(label: Any, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"})
    return forms.CharField(label=label, widget=widget, max_length=20, **options)


def roles_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Roles"),
        choices=lambda: vocabulary("member_role").choices(get_language() or "en"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The roles decide which pages and which compartments are open to the member."),
        error_messages={"required": _("Choose at least one role")},
    )


class ChosenPassphrase(Form):
    """A new passphrase, typed twice; whoever chooses it tells what it must not contain."""

    new_passphrase = passphrase_field(
        _("New passphrase"),
        new=True,
        help_text=_("At least 12 characters. Four or five unrelated words are easy to remember and hard to guess."),
    )
    new_passphrase_again = passphrase_field(_("The same once more"), new=True)

    def about(self) -> list[str]:
        """Words that would be guessed first."""
        return []

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen, again = given.get("new_passphrase"), given.get("new_passphrase_again")
        if chosen and (why := signing_in.weakness(chosen, *self.about())):
            self.add_error("new_passphrase", str(WEAK[why]))
        elif chosen and again and chosen != again:
            self.add_error("new_passphrase_again", str(_("The two are not the same. Type both again.")))
        return given


# Coming in ---------------------------------------------------------------------------------------------------------


class SignInForm(Form):
    sign_in_name = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    passphrase = passphrase_field(_("Passphrase"))


class CodeForm(Form):
    one_time_code = code_field(
        _("Code"), help_text=_("Six digits from the authenticator app, or one of your printed recovery codes.")
    )


class PassphraseForm(Form):
    passphrase = passphrase_field(_("Passphrase"))


class InvitationCodeForm(Form):
    invitation_code = forms.CharField(
        label=_("Invitation code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Four groups of five signs, from the colleague who invited you."),
    )


class JoinForm(ChosenPassphrase):
    """The second step for somebody new."""

    invitation_code = forms.CharField(widget=forms.HiddenInput)
    sign_in_name = forms.CharField(
        label=_("Sign-in name"),
        min_length=3,
        max_length=60,
        help_text=_("Only you need to know it. It need not be your name."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("invitation_code", "sign_in_name", "new_passphrase", "new_passphrase_again")

    def clean_sign_in_name(self) -> str:
        name = signing_in.folded(self.cleaned_data["sign_in_name"])
        if Member.objects.filter(sign_in_name=name).exists():
            raise forms.ValidationError(_("This sign-in name is taken. Choose another."))
        return name

    def about(self) -> list[str]:
        return [self.cleaned_data.get("sign_in_name", "")]


class ComeBackForm(ChosenPassphrase):
    """The second step for a member who is let in again."""

    invitation_code = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.member = member

    def about(self) -> list[str]:
        return [self.member.sign_in_name, self.member.display_name]


# One's own account -------------------------------------------------------------------------------------------------


class AccountForm(Form):
    display_name = forms.CharField(
        label=_("Name shown to colleagues"), max_length=120, help_text=_("Any name by which colleagues know you.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class ChangePassphraseForm(ChosenPassphrase):
    passphrase = passphrase_field(_("Passphrase now"))
    field_order = ("passphrase", "new_passphrase", "new_passphrase_again")

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.member = member

    def about(self) -> list[str]:
        return [self.member.sign_in_name, self.member.display_name]


class SecondFactorForm(Form):
    secret = forms.RegexField(r"\A[A-Z2-7]{32}\Z", widget=forms.HiddenInput)
    one_time_code = code_field(_("Code that the app shows now"), help_text=_("Six digits."))


# Members and keys --------------------------------------------------------------------------------------------------


class InviteForm(Form):
    display_name = forms.CharField(
        label=_("Name shown to colleagues"),
        max_length=120,
        help_text=_("Any name by which colleagues know the person; it can be changed later."),
    )
    roles = roles_field()


class RolesForm(Form):
    roles = roles_field()


class ModeForm(Form):
    mode = forms.ChoiceField(label=_("Mode"), choices=Mode.choices, widget=forms.RadioSelect)


class MakeSharesForm(Form):
    total = forms.IntegerField(
        label=_("How many shares"), min_value=2, max_value=16, initial=5, help_text=_("One for each trustee.")
    )
    needed = forms.IntegerField(
        label=_("How many are needed together"),
        min_value=2,
        max_value=16,
        initial=3,
        help_text=_("Fewer than this open nothing, not even a part."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("needed", 0) > given.get("total", 16):
            self.add_error("needed", str(_("No more can be needed than there are.")))
        return given


class UseSharesForm(Form):
    """Who gets the keys, and a box for each share that is needed."""

    membership = forms.ModelChoiceField(
        label=_("Who gets the keys"), queryset=Membership.objects.none(), empty_label=_("Choose a member")
    )

    def __init__(self, *args: Any, organisation: Organisation, needed: int, **options: Any) -> None:
        super().__init__(*args, **options)
        members: Any = self.fields["membership"]
        members.queryset = Membership.objects.filter(organisation=organisation, ended_at=None).select_related("member")
        for number in range(1, needed + 1):
            self.fields[f"share_{number}"] = forms.CharField(
                label=_("Share %(number)s") % {"number": number},
                widget=forms.Textarea(attrs={"rows": "3", "autocomplete": "off", "spellcheck": "false"}),
                help_text=_("All words in their order, with spaces between them.") if number == 1 else "",
                max_length=1000,
            )

    @property
    def shares(self) -> list[str]:
        return [text for name, text in self.cleaned_data.items() if name.startswith("share_")]
