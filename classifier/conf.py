"""The application's settings: one row each, with its default, what is allowed and what it does, read when asked for."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Generic, Self, TypeVar, overload

from django.conf import settings

T = TypeVar("T")
MIB, GIB = 1024**2, 1024**3
LEASE_FACTOR = 3
"""Of an upload's time, waiting and the network are bounded by settings; receiving, decoding and storing are not."""


@dataclass(frozen=True)
class Setting(Generic[T]):
    """A row of a table, which is a class; its name is the attribute's, and its type that of the default.

    `at_least` and `at_most` are themselves allowed. `in_debug` is the default while DEBUG is on, where that differs.
    """

    prefix: ClassVar[str] = "CLASSIFIER_"

    default: T
    help: str
    at_least: float | None = None
    at_most: float | None = None
    choices: tuple[str, ...] = ()
    in_debug: T | None = None
    name: str = field(default="", init=False)

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", self.prefix + name.upper())

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> Self | T:
        return self if instance is None else self.value

    @property
    def value(self) -> T:
        """What Django's settings say, or the default."""
        value: T = getattr(settings, self.name, self.default)
        return value

    def problem(self, value: Any) -> str:
        """What to do about a value that is not allowed, or nothing."""
        if self.choices and value not in self.choices:
            return f"Choose one of {', '.join(self.choices)}."
        if self.at_least is not None and not value >= self.at_least:  # so that NaN is a problem, too
            return f"Give {self.at_least} or more."
        if self.at_most is not None and not value <= self.at_most:
            return f"Give {self.at_most} or less."
        return ""


class ModelSettings:
    """The model"""

    engine = Setting(
        "openvino",
        "What runs the network; keras is slower and loads TensorFlow, remote is another server (docs/scaling.md).",
        choices=("openvino", "keras", "remote"),
    )
    remote_url = Setting(
        "",
        "For CLASSIFIER_ENGINE=remote: the address of a server of the Open Inference Protocol, version 2, without /v2.",
    )
    remote_token = Setting("", "What that server asks for as `Authorization: Bearer`, if anything; it is a secret.")
    precision = Setting(
        "f32",
        "The numbers that openvino computes with: bf16 is faster on processors that have it and a little less exact, "
        "and install_model prints by how much.",
        choices=("f32", "bf16"),
    )
    top_k = Setting(5, "Labels of a prediction, where the request asks for no other number.", at_least=1)
    sure_probability = Setting(
        0.0,
        "From which probability on the server stands by a label or a broader word; below it, it is unsure. "
        "0 is what was measured for the model, else 0.6.",
        at_least=0,
        at_most=1,
    )


class PhotoSettings:
    """Photos"""

    max_upload_bytes = Setting(20 * MIB, "The largest photo; a larger one is refused with 413.", at_least=1)
    max_image_pixels = Setting(
        50_000_000,
        "The most pixels of a photo as JPEG or PNG; HEIC may have half as many, WebP and AVIF a quarter, since "
        "decoding them takes more memory.",
        at_least=1,
    )
    keep_originals = Setting(
        True,
        "Off: of each photo, an upright copy of at most 1600 pixels without metadata is kept instead of the bytes "
        "that were sent.",
    )
    min_free_bytes = Setting(
        100 * MIB,
        "Free disk space that is left to the database; below it, uploads are refused with 507.",
        at_least=0,
    )
    x_accel_prefix = Setting(
        "",
        "Behind nginx: its internal location of DATA_DIR/media, for example /protected/; nginx then sends the photos.",
    )


class LoadSettings:
    """Load"""

    max_concurrent_photos = Setting(4, "Photos that are decoded and classified at the same time.", at_least=1)
    max_waiting_photos = Setting(32, "Photos that wait; further ones are refused with 503 and Retry-After.", at_least=0)
    queue_timeout_s = Setting(30.0, "How long a photo waits before it is refused with 503.", at_least=0)
    inference_timeout_s = Setting(
        6.0, "How long one photo may take; after that the model counts as hung and is loaded again.", at_least=0.1
    )


class AccountSettings:
    """Accounts"""

    registration_open = Setting(True, "Whether anybody may create an account.")
    token_ttl_days = Setting(90, "How long a token is good after its last use.", at_least=1, at_most=3650)
    token_max_age_days = Setting(
        365, "How long a token is good at most, however often it is used.", at_least=1, at_most=3650
    )
    second_factor_for_staff = Setting(
        False, "Whether staff may do what others may not only with a second factor; anybody may set one up."
    )
    tls_certificate = Setting(
        "",
        "The file of the server's certificate as PEM, where no authority vouches for it: the codes that pair a phone "
        "then tell the app its fingerprint.",
    )
    max_photos_per_user = Setting(200_000, "The most photos of one account.", at_least=1)
    max_bytes_per_user = Setting(50 * GIB, "The most bytes of all photos of one account.", at_least=1)
    uploads_per_minute = Setting(1200, "Photos that one account may send.", at_least=1)
    login_failures_per_5_minutes = Setting(
        10,
        "Wrong passwords for one user name from one address (a /64 of IPv6 is one). Ten times as many are the limit of "
        "an address for all names; when a name has so many from everywhere, addresses from which it did not sign in "
        "lately get a tenth.",
        at_least=1,
    )
    registrations_per_hour = Setting(60, "Accounts that one address may create.", at_least=1)
    password_resets_per_hour = Setting(
        10, "Codes for a new password that are mailed for one mail address, and for one network address.", at_least=1
    )


class PageSettings:
    """History and metrics"""

    history_page_size = Setting(20, "Predictions on one page of the history.", at_least=1)
    metrics_public = Setting(
        False,
        "Whether /metrics is for everybody; otherwise for staff with a token, and for this machine where no proxy is.",
    )


class Conf(ModelSettings, PhotoSettings, LoadSettings, AccountSettings, PageSettings):
    """Every setting by its name. A base class is a section of docs/settings.md, with its docstring as the heading."""

    @property
    def models_dir(self) -> Path:
        return Path(settings.DATA_DIR) / "models"

    @property
    def max_request_bytes(self) -> int:
        """A photo, and what Django accepts beside it: form fields, or JSON around it."""
        return self.max_upload_bytes + settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    @property
    def upload_lease_s(self) -> float:
        """How long an upload may take; what is older belongs to a process that died."""
        return LEASE_FACTOR * (self.queue_timeout_s + self.inference_timeout_s)


def sections(table: type) -> dict[str, tuple[Setting[Any], ...]]:
    """Heading to rows of a table, in the order in which they are written."""
    return {
        str(section.__doc__): tuple(row for row in vars(section).values() if isinstance(row, Setting))
        for section in table.__bases__
    }


conf = Conf()
SETTINGS = tuple(row for rows in sections(Conf).values() for row in rows)
