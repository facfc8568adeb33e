"""What people fill in."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from classifier.models import ModelVersion

LONGEST_PASSWORD = 4096

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
        label="User name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = PasswordField(autocomplete="current-password")


class RegistrationForm(UserForm):
    password = PasswordField(autocomplete="new-password", help_text="At least 8 characters.")

    class Meta:
        model = User
        fields = ["username", "email"]
        labels = {"username": "User name", "email": "Email (optional)"}
        help_texts = {"username": "", "email": "Where a code goes when you have forgotten your password."}
        widgets = {
            "username": forms.TextInput(attrs={"autocomplete": "username"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned:
            named = User(username=cleaned.get("username", ""), email=cleaned.get("email", ""))
            self._take_password(cleaned["password"], named)
        return cleaned

    def create_user(self) -> User | None:
        """The new account; None, with an error, when the name was taken since it was looked at."""
        given = self.cleaned_data
        try:
            with transaction.atomic():
                return User.objects.create_user(given["username"], given["email"], given["password"])
        except IntegrityError:
            self.add_error("username", "A user with that username already exists.")
            return None

    def _take_password(self, password: str, user: User) -> None:
        try:
            validate_password(password, user)
        except ValidationError as error:
            self.add_error("password", error)


class ForgottenPasswordForm(forms.Form):
    email = forms.EmailField(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class NewPasswordForm(forms.Form):
    email = forms.EmailField(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    code = forms.CharField(
        label="Code from the mail", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )
    new_password = PasswordField(autocomplete="new-password", help_text="At least 8 characters.")


class PasswordChangeForm(forms.Form):
    current_password = PasswordField(autocomplete="current-password")
    new_password = PasswordField(autocomplete="new-password", help_text="At least 8 characters.")


class AccountDeletionForm(forms.Form):
    password = PasswordField(autocomplete="current-password", label="Your password")


class _Date(forms.DateInput):
    input_type = "date"

    def format_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class HistoryForm(forms.Form):
    """Which predictions a person looks for."""

    search = forms.CharField(
        required=False, max_length=200, label="Label", widget=forms.TextInput(attrs={"type": "search"})
    )
    model = forms.ModelChoiceField(ModelVersion.objects.all(), required=False, empty_label="All models")
    since = forms.DateField(required=False, label="From", widget=_Date)
    until = forms.DateField(required=False, widget=_Date)
    min_percent = forms.IntegerField(required=False, min_value=0, max_value=100, label="At least, in %")

    def wanted(self) -> dict[str, Any]:
        """The same, as `PredictionFilter` takes it; fields that make no sense are left out."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        found: dict[str, Any] = {name: str(given[name]) for name in ("search", "model") if name in given}
        if "since" in given:
            found["created_after"] = _midnight(given["since"])
        if "until" in given:
            found["created_before"] = _midnight(min(given["until"], datetime.max.date() - timedelta(1)) + timedelta(1))
        if "min_percent" in given:
            found["min_probability"] = str(given["min_percent"] / 100)
        return found


def _midnight(day: Any) -> str:
    return datetime.combine(day, time.min, UTC).isoformat()
