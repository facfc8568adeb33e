"""The tables: model versions, predictions, and what accounts hold beside them."""

import uuid
from pathlib import Path
from typing import cast

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from knox.models import AbstractAuthToken

from classifier.conf import conf
from classifier.inference.labels.names import with_spaces
from classifier.inference.scores.wording import sentence
from classifier.inference.types import Answer, AnswerKind, Classification, Quality, QualityCode, ScoredLabel

ANSWER_KINDS = {"exact": "exact", "broader": "broader", "unsure": "unsure"}
HAS_ANSWER = Q(answer_kind__isnull=False)
"""Rows from before there were answers are in no index of them, which is made in no time."""
EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/avif": "avif",
}


class ModelVersion(models.Model):
    """A model folder that can serve; one row at most is active."""

    name = models.CharField(max_length=100)
    version = models.CharField(max_length=12)
    manifest = models.JSONField()
    path = models.CharField(max_length=500, help_text="Relative to DATA_DIR/models, or absolute.")
    is_active = models.BooleanField(default=False)
    load_error = models.TextField(blank=True, help_text="Why the server could not load it the last time it tried.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="model_version_once"),
            models.UniqueConstraint(fields=["is_active"], condition=Q(is_active=True), name="one_active_model_version"),
        ]

    def __str__(self) -> str:
        return f"{self.name}-{self.version}"

    @property
    def folder(self) -> Path:
        return conf.models_dir / self.path


def image_path(prediction: "Prediction", _: str = "") -> str:
    return _generated_path("photos", prediction.id, EXTENSIONS[prediction.content_type])


def thumbnail_path(prediction: "Prediction", _: str = "") -> str:
    return _generated_path("thumbnails", prediction.id, "jpg")


def _generated_path(folder: str, key: uuid.UUID, extension: str) -> str:
    return f"{folder}/{key.hex[:1]}/{key}.{extension}"


class Answered(models.Model):
    """What a model said of a photo, and what the server stands by.

    The latter is null in rows from before there was that; SQLite adds such columns without writing every row anew.
    """

    label = models.CharField(max_length=200)
    wnid = models.CharField(max_length=20, blank=True)
    probability = models.FloatField()
    top = models.JSONField(help_text="The best labels, best first.")
    answer_kind = models.CharField(max_length=7, null=True, choices=ANSWER_KINDS)  # noqa: DJ001
    answer_label = models.CharField(max_length=200, null=True)  # noqa: DJ001
    answer_wnid = models.CharField(max_length=20, null=True)  # noqa: DJ001
    answer_probability = models.FloatField(null=True)

    ANSWER = ("answer_kind", "answer_label", "answer_wnid", "answer_probability")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.sentence

    @property
    def answer(self) -> Answer | None:
        """What the server stands by; None in rows from before there was that."""
        if self.answer_kind is None:
            return None
        kind = cast("AnswerKind", self.answer_kind)
        return Answer(kind, self.answer_label or "", self.answer_wnid or "", self.answer_probability or 0.0)

    @property
    def sentence(self) -> str:
        """The answer in words, in English."""
        return sentence(self.answer, self.scored)

    @property
    def scored(self) -> list[ScoredLabel]:
        """The labels kept, best first; at least the best one."""
        top = [ScoredLabel(scored["wnid"], scored["label"], scored["probability"]) for scored in self.top or ()]
        return top or [ScoredLabel(self.wnid, self.label, self.probability)]

    def set_answer(self, answer: Answer) -> None:
        """Sets the fields of `ANSWER`, without saving them."""
        self.answer_kind, self.answer_label = answer.kind, answer.label
        self.answer_wnid, self.answer_probability = answer.wnid, answer.probability


class Prediction(Answered):
    """A stored photo and the answer it got."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="predictions")
    image = models.FileField(upload_to=image_path, max_length=120)
    thumbnail = models.FileField(upload_to=thumbnail_path, max_length=120)
    filename = models.CharField(  # noqa: DJ001
        max_length=100, null=True, help_text="What the client calls it, to be shown; null where nobody noted it."
    )
    sha256 = models.CharField(max_length=64)
    byte_size = models.PositiveBigIntegerField("size in bytes")
    width = models.PositiveIntegerField("width in pixels")
    height = models.PositiveIntegerField("height in pixels")
    content_type = models.CharField(max_length=20)
    model_version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="predictions")
    decode_ms = models.FloatField()
    preprocess_ms = models.FloatField()
    inference_ms = models.FloatField()
    store_ms = models.FloatField(default=0.0)
    photo_lost = models.BooleanField(default=False, help_text="Its file was not there when the server looked.")
    quality_codes = models.CharField(  # noqa: DJ001
        max_length=60, null=True, help_text="Why to take the photo again, with commas; null where nobody looked."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    RESULT = ("label", "wnid", "probability", "top", *Answered.ANSWER, "model_version", "preprocess_ms", "inference_ms")

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="prediction_history"),
            models.Index(fields=["owner", "label", "-created_at"], name="prediction_by_label"),
            models.Index(fields=["owner", "sha256"], name="prediction_same_photo"),
            models.Index(fields=["owner", "probability", "id"], name="prediction_least_sure"),
            models.Index(fields=["-created_at", "-id"], name="prediction_newest"),
            models.Index(fields=["label"], name="prediction_label"),
            models.Index(
                fields=["owner", "answer_kind", "-created_at", "-id"], name="prediction_by_answer", condition=HAS_ANSWER
            ),
            models.Index(fields=["answer_kind", "-created_at", "-id"], name="prediction_answers", condition=HAS_ANSWER),
        ]

    def set_result(self, classification: Classification, model_version: ModelVersion) -> None:
        """Takes over a classification: sets the fields of `RESULT`, without saving them."""
        best = classification.top[0]
        self.label, self.wnid, self.probability = best.label, best.wnid, best.probability
        self.top = [
            {"wnid": scored.wnid, "label": scored.label, "probability": scored.probability}
            for scored in classification.top
        ]
        self.set_answer(classification.answer)
        self.model_version = model_version
        self.preprocess_ms, self.inference_ms = classification.preprocess_ms, classification.inference_ms

    @property
    def quality(self) -> Quality | None:
        """Whether the photo should be taken again, and why; None in rows from before anybody looked."""
        if self.quality_codes is None:
            return None
        return Quality(tuple(cast("QualityCode", code) for code in self.quality_codes.split(",") if code))

    @property
    def file_names(self) -> tuple[str, ...]:
        """What the storage calls its files; those that were not written yet are not in it."""
        return tuple(str(file.name) for file in (self.thumbnail, self.image) if file.name)

    def note_nothing_said(self) -> None:
        """Call it when the row was just made: nobody needs to ask the database what was said of it."""
        Prediction._meta.get_field("feedback").set_cached_value(self, None)

    @property
    def said(self) -> "Feedback | None":
        """What was said of it, if anything was."""
        return getattr(self, "feedback", None)


class PreviousPrediction(Answered):
    """The result of a prediction before its photo was classified again."""

    prediction = models.ForeignKey(Prediction, on_delete=models.CASCADE, related_name="previous_predictions")
    model_version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="previous_predictions")
    replaced_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "classifier_earlieranswer"
        ordering = ["-replaced_at", "-id"]


class Feedback(models.Model):
    """What a person says of a prediction: that its answer is right, what the photo shows instead, or none of these."""

    class Verdict(models.TextChoices):
        RIGHT = "right", "right"
        WRONG = "wrong", "wrong"

    prediction = models.OneToOneField(Prediction, on_delete=models.CASCADE, primary_key=True, related_name="feedback")
    verdict = models.CharField(max_length=5, choices=Verdict.choices)
    label = models.CharField(max_length=200, blank=True, help_text="What the photo shows; empty: none of the labels.")
    wnid = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "feedback"

    def __str__(self) -> str:
        named = with_spaces(self.label) or "none of the labels"
        return "right" if self.verdict == self.Verdict.RIGHT else f"wrong: {named}"


class SearchText(models.Model):
    """What the search reads of a prediction; triggers or a column of the database's own keep its index."""

    id = models.BigAutoField(primary_key=True)
    prediction = models.OneToOneField(Prediction, on_delete=models.CASCADE, related_name="search_text")
    owner = models.BigIntegerField(help_text="The key of the prediction's owner.")
    labels = models.TextField(help_text="What models said, a label a line.")
    names = models.TextField(help_text="What people call it: words, each after a space.")

    def __str__(self) -> str:
        return self.labels


class SearchWord(models.Model):
    """A word of any model's labels: the search looks for parts of words here, and for whole words in its index."""

    word = models.TextField(primary_key=True)

    def __str__(self) -> str:
        return self.word


class Retraining(models.Model):
    """One attempt to learn from feedback: what was asked, how far it is, what was found, and why it ended so."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        RUNNING = "running", "running"
        TOO_FEW = "too_few", "too few corrections"
        REFUSED = "refused", "refused"
        READY = "ready", "ready to be promoted"
        PROMOTED = "promoted", "promoted"
        TAKEN_BACK = "taken_back", "taken back"
        CANCELLED = "cancelled", "cancelled"
        FAILED = "failed", "failed"

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    promote = models.BooleanField(default=False, help_text="Whether it is promoted at once when it is better.")
    requested_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0, help_text="Photos of which the features are known.")
    total = models.PositiveIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    root = models.ForeignKey(
        ModelVersion, null=True, on_delete=models.SET_NULL, related_name="+", help_text="Whose network was built on."
    )
    before = models.ForeignKey(
        ModelVersion, null=True, on_delete=models.SET_NULL, related_name="+", help_text="Which served meanwhile."
    )
    candidate = models.ForeignKey(ModelVersion, null=True, on_delete=models.SET_NULL, related_name="retrainings")
    data_hash = models.CharField(max_length=64, blank=True, help_text="Of the photos and what was said of them.")
    split = models.JSONField(default=dict, help_text="Seed, and the part that each photo was held out in.")
    figures = models.JSONField(default=dict, help_text="What the candidate was judged by.")
    message = models.TextField(blank=True, help_text="What happened, in words.")

    class Meta:
        ordering = ["-requested_at", "-id"]

    def __str__(self) -> str:
        return f"{self.requested_at:%Y-%m-%d %H:%M}, {self.get_state_display()}"


class ReclassificationJob(models.Model):
    """A photo that waits to be classified again."""

    prediction = models.OneToOneField(Prediction, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "classifier_wantedanswer"

    def __str__(self) -> str:
        return str(self.prediction_id)


class ModelComparison(models.Model):
    """Two model versions asked about the same stored photos: asked for, at work or done."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    old = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="+", help_text="The model as it is.")
    new = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="+", help_text="The one to judge.")
    photos = models.PositiveIntegerField(
        default=500,
        validators=[MinValueValidator(1), MaxValueValidator(20_000)],
        help_text="How many stored photos are taken, at random.",
    )
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED, editable=False)
    inferences = models.PositiveIntegerField(default=0, editable=False, help_text="How many were made, by both models.")
    error = models.TextField(blank=True, editable=False)
    report = models.JSONField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.old} and {self.new}"


class FlippedPhoto(models.Model):
    """A photo about which the two models of a comparison differ."""

    comparison = models.ForeignKey(ModelComparison, on_delete=models.CASCADE, related_name="flips")
    prediction = models.ForeignKey(Prediction, on_delete=models.CASCADE, related_name="+")
    old_label = models.CharField(max_length=200)
    old_probability = models.FloatField()
    new_label = models.CharField(max_length=200)
    new_probability = models.FloatField()
    truth = models.CharField(max_length=200, blank=True, help_text="What feedback says; empty where there is none.")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{with_spaces(self.old_label)}, then {with_spaces(self.new_label)}"


class IdempotencyKey(models.Model):
    """A client's name for one upload, reserved while it is in work and kept with its answer."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    prediction = models.ForeignKey(Prediction, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key


class StorageUse(models.Model):
    """What an account's photos amount to; changes in the transaction that stores or deletes one."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="storage_use")
    photos = models.PositiveBigIntegerField(default=0)
    byte_size = models.PositiveBigIntegerField("size in bytes", default=0)

    def __str__(self) -> str:
        return f"{self.photos} photos, {self.byte_size:,} bytes"


class AccountDeletion(models.Model):
    """An account that is to go: nobody can sign in to it, and its rows are being deleted."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"of {self.user}"


class MediaFolder(models.Model):
    """What this database knows of the folder of the photos, in one row: it deletes files in no other one."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    key = models.UUIDField(null=True, help_text="What the folder's marker says, too; none before they were paired.")
    warning = models.TextField(blank=True, help_text="Why the last sweep left files without a row where they are.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=1), name="one_media_folder")]

    def __str__(self) -> str:
        return str(self.key)


class UnremovedFile(models.Model):
    """A file of a deleted prediction that the disk did not let go; the sweep tries again."""

    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class DeviceToken(AbstractAuthToken):  # type: ignore[misc]  # knox has no types
    """A device that is signed in. Of its token only a hash is kept."""

    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    device_name = models.CharField(max_length=100, blank=True)
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.device_name or self.token_key


class BrowserSession(models.Model):
    """A session of a browser. Of the key in its cookie only a hash is kept; `user` is empty before signing in."""

    session_key = models.CharField(max_length=64, primary_key=True)
    session_data = models.TextField()
    expire_date = models.DateTimeField(db_index=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    device_name = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.device_name or "Browser"


class PasswordResetCode(models.Model):
    """A code that was mailed for a new password; only a keyed digest of it and the mail address is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"for {self.user}"


class PairingCode(models.Model):
    """The latest code that an account showed to a phone, which one phone may use once.

    Of the code only a keyed digest is kept; with the server's key, `seed` says it again to its owner.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    seed = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    device_name = models.CharField(max_length=100, blank=True, help_text="What the phone that used it is called.")

    def __str__(self) -> str:
        return f"for {self.user}"


class ThrottleCount(models.Model):
    """How often something was asked for lately, as a sliding window; `key` is a hash of who asked for what."""

    key = models.CharField(max_length=64, primary_key=True)
    hits = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.hits or 'nothing'} until {self.expires_at}"


class KnownAddress(models.Model):
    """An address from which an account signed in; `key` is a hash of the name and the address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"of {self.user}"
