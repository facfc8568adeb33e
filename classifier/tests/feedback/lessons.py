"""People who send photos to learn from, and say what these show."""

from django.contrib.auth.models import User

from classifier.feedback import corrections
from classifier.feedback.corrections import Correction, Verdict
from classifier.models import Prediction
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.tests.examples import upload
from classifier.tests.training.blocks import KNOWN, blocks


def say(user: User, colour: str, number: int, *, truth: str = "") -> Prediction:
    """Sends a photo, and says whether the answer is right or what it is instead."""
    row = services.classify_upload(sender=Sender(user), upload=upload(blocks(colour, number))).prediction
    named = truth or colour
    correction = Correction(Verdict.RIGHT) if row.label == named else Correction(Verdict.WRONG, named)
    corrections.give(row, correction, by=user)
    return row


def teach(user: User, *, each: int, known: int = 10) -> None:
    """So many corrections of each of two new classes, and confirmations of each old one."""
    for number in range(each):
        for colour in ("yellow", "cyan"):
            say(user, colour, number)
    for number in range(known):
        for colour in KNOWN:
            say(user, colour, number)
