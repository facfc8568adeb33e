"""Answers confirmed and corrected by staff, many at a time, and what was said of them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest

from classifier.admin.base import ReadOnlyAdmin
from classifier.errors import ClassifierError
from classifier.feedback import corrections
from classifier.feedback.corrections import Correction, Verdict
from classifier.models import Prediction

MOST = 10_000
"""Predictions of one action: whoever asks waits for some seconds."""


class FeedbackFilter(admin.SimpleListFilter):
    title = "feedback"
    parameter_name = "feedback"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("none", "nothing was said"), ("right", "right"), ("wrong", "wrong")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Prediction]) -> QuerySet[Prediction]:
        match self.value():
            case None:
                return queryset
            case "none":
                return queryset.filter(feedback__isnull=True)
            case verdict:
                return queryset.filter(feedback__verdict=verdict)


class LabelledActionForm(ActionForm):
    """The bar of actions, with a field for what photos show."""

    label = forms.CharField(
        required=False, max_length=200, label="It is:", widget=forms.TextInput(attrs={"placeholder": "label or wnid"})
    )


class FeedbackActions(ReadOnlyAdmin):
    """What a list of predictions needs for feedback."""

    action_form = LabelledActionForm
    feedback_actions = ("confirm", "correct", "reject", "withdraw")

    @admin.display(description="feedback")
    def said(self, prediction: Prediction) -> str:
        return str(prediction.said or "")

    @admin.action(description="The answers are right", permissions=["give_feedback"])
    def confirm(self, request: HttpRequest, rows: QuerySet[Prediction]) -> None:
        self._give(request, rows, Correction(Verdict.RIGHT))

    @admin.action(description="It is … (the label beside)", permissions=["give_feedback"])
    def correct(self, request: HttpRequest, rows: QuerySet[Prediction]) -> None:
        label = " ".join(request.POST.get("label", "").split())
        if not label or len(label) > 200 or not label.isprintable():
            self.message_user(request, "Type what the photos show beside the action.", messages.ERROR)
            return
        self._give(request, rows, correction_of(label))

    @admin.action(description="It is none of the labels", permissions=["give_feedback"])
    def reject(self, request: HttpRequest, rows: QuerySet[Prediction]) -> None:
        self._give(request, rows, Correction(Verdict.WRONG))

    @admin.action(description="Take back what was said", permissions=["give_feedback"])
    def withdraw(self, request: HttpRequest, rows: QuerySet[Prediction]) -> None:
        count = corrections.withdraw_all(rows)
        self.message_user(request, f"Taken back: what was said of {count:,} predictions.", messages.SUCCESS)

    def has_give_feedback_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("classifier.add_feedback")

    def _give(self, request: HttpRequest, rows: QuerySet[Prediction], correction: Correction) -> None:
        if rows.order_by()[: MOST + 1].count() > MOST:
            self.message_user(request, f"At most {MOST:,} at a time. Filter the list first.", messages.ERROR)
            return
        try:
            count = corrections.give_to_all(rows, correction, by=request.user)
        except ClassifierError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, f"Noted of {count:,} predictions.", messages.SUCCESS)


def correction_of(label: str) -> Correction:
    """A label, or a wnid where somebody typed that: two classes may have one name."""
    is_wnid = label[:1] == "n" and label[1:].isdigit()
    return Correction(Verdict.WRONG, wnid=label) if is_wnid else Correction(Verdict.WRONG, label)
