"""Promotion: a candidate that passed the gate serves, and one click brings back the model before it."""

from django.db import transaction

from classifier.errors import ClassifierError
from classifier.model_registry import versions
from classifier.models import ModelVersion, Retraining

State = Retraining.State


class PromotionError(ClassifierError):
    """A candidate that may not serve, or a step back that leads nowhere."""


def promote(retraining: Retraining) -> None:
    """Makes the candidate of a run the active model. Raises PromotionError, or ModelError, keeping the one before."""
    candidate = retraining.candidate
    if retraining.state not in (State.READY, State.TAKEN_BACK) or candidate is None:
        raise PromotionError("Only a candidate that passed the gate can be promoted.")
    active = versions.active()
    if active != retraining.before:
        raise PromotionError(f"It was compared with {retraining.before}, but {active} is active now. Retrain again.")
    versions.activate(candidate)
    _note(retraining, State.PROMOTED)


def take_back(retraining: Retraining) -> ModelVersion:
    """Makes the model active again that served before; which one that is.

    Raises PromotionError when the candidate is not active, or the model before is gone; ModelError.
    """
    before, active = retraining.before, versions.active()
    if retraining.state != State.PROMOTED or active != retraining.candidate:
        raise PromotionError(f"{retraining.candidate} is not the active model: {active} is.")
    if before is None:
        raise PromotionError("The model before it was deleted. Activate another one.")
    versions.activate(before)
    _note(retraining, State.TAKEN_BACK)
    return before


def _note(retraining: Retraining, state: Retraining.State) -> None:
    with transaction.atomic():
        Retraining.objects.filter(pk=retraining.pk).update(state=state)
    retraining.state = state
