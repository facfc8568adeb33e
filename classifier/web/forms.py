"""Forms of the pages."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from classifier.accounts.passwords import LONGEST_PASSWORD
from classifier.errors import AccountError, ClassifierError, ThrottledError
from classifier.feedback.corrections import Correction
from classifier.models import ANSWER_KINDS, Feedback, ModelVersion
from classifier.predictions.filters import ORDERINGS
from classifier.templatetags.words import told

if TYPE_CHECKING:
    UserForm = forms.ModelForm[User]
else:
    UserForm = forms.ModelForm


class PasswordField(forms.CharField):
    def __init__(self, *, autocomplete: str, **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(strip=False, max_length=LONGEST_PASSWORD, widget=widget, **options)


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("User name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = PasswordField(autocomplete="current-password", label=_("Password"))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the app"),
        max_length=40,
        help_text=_("Without the phone: one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class FirstCodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code that the app shows now"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class SecondFactorForm(forms.Form):
    current_password = PasswordField(autocomplete="current-password", label=_("Your password"))


class SecondFactorRemovalForm(CodeForm, SecondFactorForm):
    field_order = ["current_password", "code"]


class RegistrationForm(UserForm):
    password = PasswordField(autocomplete="new-password", label=_("Password"), help_text=_("At least 8 characters."))

    class Meta:
        model = User
        fields = ["username", "email"]
        labels = {"username": _("User name"), "email": _("Email (optional)")}
        help_texts = {"username": "", "email": _("For a code, if you forget your password.")}
        widgets = {
            "username": forms.TextInput(attrs={"autocomplete": "username"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def validate_unique(self) -> None:
        """Registration checks whether the name is free, because it counts such attempts."""


class ForgottenPasswordForm(forms.Form):
    email = forms.EmailField(label=_("Email"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class NewPasswordForm(forms.Form):
    email = forms.EmailField(label=_("Email"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    code = forms.CharField(
        label=_("Code from the email"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )
    new_password = PasswordField(
        autocomplete="new-password", label=_("New password"), help_text=_("At least 8 characters.")
    )


class PasswordChangeForm(forms.Form):
    current_password = PasswordField(autocomplete="current-password", label=_("Current password"))
    new_password = PasswordField(
        autocomplete="new-password", label=_("New password"), help_text=_("At least 8 characters.")
    )


class EmailForm(forms.Form):
    email = forms.EmailField(
        required=False,
        max_length=254,
        label=_("Email"),
        help_text=_("For a code, if you forget your password. Leave it empty to have none."),
        error_messages={"invalid": _("Enter a valid email address.")},  # Django's German is on first-name terms
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = PasswordField(autocomplete="current-password", label=_("Your password"))


class UsernameForm(forms.Form):
    username = forms.CharField(
        label=_("New user name"),
        max_length=150,
        help_text=_("You sign in with it from then on."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = PasswordField(autocomplete="current-password", label=_("Your password"))


class AccountDeletionForm(forms.Form):
    current_password = PasswordField(autocomplete="current-password", label=_("Your password"))


class CorrectionForm(forms.Form):
    """A button that was pressed: a verdict, with `wrong` perhaps a choice of label, `<wnid>|<label>`."""

    verdict = forms.ChoiceField(choices=Feedback.Verdict.choices)
    choice = forms.CharField(required=False, max_length=221)

    def clean_choice(self) -> str:
        choice = str(self.cleaned_data["choice"])
        if choice and ("|" not in choice or len(choice.partition("|")[2]) > 200 or not choice.isprintable()):
            raise ValidationError(_("Choose one of the labels, or type a new one of at most 200 characters."))
        return choice

    def correction(self) -> Correction:
        """What was said, by a form that is valid."""
        wnid, _, label = self.cleaned_data["choice"].partition("|")
        verdict = Feedback.Verdict(self.cleaned_data["verdict"])
        return Correction(verdict) if verdict == Feedback.Verdict.RIGHT else Correction(verdict, label, wnid)


class OtherModelForm(forms.Form):
    """Which of some models is to look at a photo."""

    model = forms.ModelChoiceField(ModelVersion.objects.none(), empty_label=None, label=_("Model"))

    def __init__(self, *args: Any, models: QuerySet[ModelVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[ModelVersion]", self.fields["model"]).queryset = models


class _Date(forms.DateInput):
    input_type = "date"

    def format_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


SAID = [("right", _("The answer is right")), ("wrong", _("The answer is wrong"))]


class HistoryForm(forms.Form):
    """Which predictions the history shows."""

    search = forms.CharField(
        required=False,
        max_length=200,
        label=_("Search labels and file names"),
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Label or file name")}),
    )
    ordering = forms.ChoiceField(required=False, choices=ORDERINGS.items(), widget=forms.HiddenInput)
    answer = forms.ChoiceField(required=False, choices=ANSWER_KINDS.items(), widget=forms.HiddenInput)
    model = forms.ModelChoiceField(
        ModelVersion.objects.all(), required=False, label=_("Model"), empty_label=_("All models")
    )
    since = forms.DateField(required=False, label=_("From"), widget=_Date)
    until = forms.DateField(required=False, label=_("Until"), widget=_Date)
    feedback = forms.ChoiceField(required=False, choices=[("none", ""), *SAID], widget=forms.HiddenInput)
    min_percent = forms.IntegerField(required=False, min_value=0, max_value=100, label=_("At least, in %"))

    @property
    def details(self) -> list[forms.BoundField]:
        """What stands in the drawer."""
        return [self[name] for name in ("since", "until", "min_percent", "model")]

    def filters(self) -> dict[str, Any]:
        """The parameters for `PredictionFilter`; invalid fields are ignored."""
        self.is_valid()
        fields = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        names = ("search", "ordering", "answer", "model", "feedback")
        filters: dict[str, Any] = {name: str(fields[name]) for name in names if name in fields}
        if "since" in fields:
            filters["created_after"] = _midnight(fields["since"])
        if "until" in fields:
            last_day = min(fields["until"], datetime.max.date() - timedelta(1))
            filters["created_before"] = _midnight(last_day + timedelta(1))
        if "min_percent" in fields:
            filters["min_probability"] = str(fields["min_percent"] / 100)
        return filters


def _midnight(day: Any) -> str:
    """When the day begins where the one who asks is."""
    return datetime.combine(day, time.min, get_current_timezone()).isoformat()


def add_error(form: forms.BaseForm, error: ClassifierError | ValidationError) -> int:
    """Adds an error to a form that was valid, and returns the status of the page."""
    if isinstance(error, ThrottledError):
        form.add_error(None, _too_many(error.retry_after_s))
        return error.status
    if isinstance(error, ValidationError):
        form.add_error(None, error)
    else:
        form.add_error(error.attr if isinstance(error, AccountError) else None, told(error))
    return 200


def _too_many(seconds: int) -> str:
    minutes = -(-seconds // 60)
    text = ngettext(
        "Too many attempts. Wait a minute and try again.",
        "Too many attempts. Wait {minutes} minutes and try again.",
        minutes,
    )
    return text.format(minutes=minutes)
