"""The operator's desk: past predictions, the models that made them, and who is signed in."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from classifier import model_versions
from classifier.errors import ModelError
from classifier.models import DeviceToken, ModelVersion, Prediction

admin.site.site_header = "Image classifier"
admin.site.site_title = "Image classifier"
admin.site.index_title = "Predictions, models and accounts"


if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class ReadOnlyAdmin(ModelAdmin):
    """Rows that the application writes and people only look at or delete."""

    class Media:
        css = {"all": ("classifier/admin.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RecentLabelFilter(admin.SimpleListFilter):
    """The commonest labels of late: a look at so many rows, however long the history."""

    title = "label"
    parameter_name = "label"
    rows, choices_shown = 1000, 12

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        labels = Counter(Prediction.objects.values_list("label", flat=True)[: self.rows])
        return [(label, label.replace("_", " ")) for label, _ in labels.most_common(self.choices_shown)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Prediction]) -> QuerySet[Prediction]:
        return queryset.filter(label=self.value()) if self.value() else queryset


@admin.register(Prediction)
class PredictionAdmin(ReadOnlyAdmin):
    list_display = ("picture", "label_text", "probability_bar", "owner", "model_version", "created_at")
    list_display_links = ("picture", "label_text")
    list_filter = ("model_version", RecentLabelFilter, "created_at", "content_type")
    list_select_related = ("owner", "model_version")
    list_per_page = 50
    search_fields = ("label", "owner__username", "id", "sha256")
    search_help_text = "Label, owner, id or SHA-256"
    date_hierarchy = "created_at"
    show_full_result_count = False
    fields = ("photo", "top_bars", "owner", "model_version", "created_at", "size", "sha256", "timings")
    readonly_fields = fields

    @admin.display(description="photo")
    def picture(self, prediction: Prediction) -> SafeString:
        url = reverse("prediction-thumbnail", args=[prediction.pk])
        return format_html('<img class="classifier-thumbnail" src="{}" alt="{}" loading="lazy">', url, prediction)

    @admin.display(description="label", ordering="label")
    def label_text(self, prediction: Prediction) -> str:
        return prediction.label.replace("_", " ")

    @admin.display(description="probability", ordering="probability")
    def probability_bar(self, prediction: Prediction) -> SafeString:
        return format_html(
            '<meter class="classifier-meter" value="{}"></meter> {}',
            f"{prediction.probability:.4f}",
            f"{prediction.probability:.1%}",
        )

    @admin.display(description="photo")
    def photo(self, prediction: Prediction) -> SafeString:
        url = reverse("prediction-image", args=[prediction.pk])
        thumbnail = reverse("prediction-thumbnail", args=[prediction.pk])
        # Most browsers cannot show HEIC.
        source = thumbnail if prediction.content_type == "image/heic" else url
        return format_html('<a href="{}"><img class="classifier-photo" src="{}" alt="{}"></a>', url, source, prediction)

    @admin.display(description="best labels")
    def top_bars(self, prediction: Prediction) -> SafeString:
        return SafeString(render_to_string("classifier/admin_top.html", {"top": _spelled(prediction.top)}))

    @admin.display(description="picture")
    def size(self, prediction: Prediction) -> str:
        pixels = f"{prediction.width} x {prediction.height} pixels"
        return f"{pixels}, {prediction.byte_size:,} bytes, {prediction.content_type}"

    @admin.display(description="timings")
    def timings(self, prediction: Prediction) -> str:
        steps = ("decode", "preprocess", "inference", "store")
        return ", ".join(f"{step} {getattr(prediction, f'{step}_ms'):.1f} ms" for step in steps)


@admin.register(ModelVersion)
class ModelVersionAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "serves", "architecture", "classes", "accuracy", "parity", "created_at", "load_error")
    actions = ("activate",)
    fields = (
        "name",
        "version",
        "serves",
        "architecture",
        "classes",
        "input",
        "accuracy",
        "parity",
        "path",
        "load_error",
        "created_at",
    )
    readonly_fields = fields

    @admin.display(description="serves", ordering="is_active")
    def serves(self, version: ModelVersion) -> str:
        return "● now" if version.is_active else "no"

    @admin.display(description="architecture")
    def architecture(self, version: ModelVersion) -> str:
        return str(version.manifest["architecture"])

    @admin.display(description="classes")
    def classes(self, version: ModelVersion) -> int:
        return int(version.manifest["classes"])

    @admin.display(description="input")
    def input(self, version: ModelVersion) -> str:
        how = version.manifest["preprocessing"]
        return f"{how['width_px']} x {how['height_px']} pixels, {how['resize']}, scaling {how['scaling']}"

    @admin.display(description="differs from Keras")
    def parity(self, version: ModelVersion) -> str:
        measured = version.manifest["parity"]
        return f"{measured['max_difference']:.1e}" if measured else "not measured"

    @admin.display(description="accuracy")
    def accuracy(self, version: ModelVersion) -> str:
        figures = version.manifest["accuracy"].items()
        return ", ".join(f"{name.replace('_', '-')} {value:.1%}" for name, value in figures) or "not measured"

    @admin.action(description="Activate the selected model", permissions=["activate"])
    def activate(self, request: HttpRequest, versions: QuerySet[ModelVersion]) -> None:
        if versions.count() != 1:
            self.message_user(request, "Select one model to activate.", messages.ERROR)
            return
        version = versions.get()
        try:
            model_versions.activate(version)
        except ModelError as error:
            self.message_user(
                request, f"{error} {model_versions.active() or 'No model'} goes on serving.", messages.ERROR
            )
        else:
            self.message_user(request, f"Serving now: {version}.", messages.SUCCESS)

    def has_activate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("classifier.change_modelversion")

    def has_delete_permission(self, request: HttpRequest, obj: ModelVersion | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_active)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Django's answer to a bulk delete, with the active version among what may not be deleted."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        protected = [*protected, *(f"{version} is active" for version in objs if version.is_active)]
        return deleted, counts, needed, protected


@admin.register(DeviceToken)
class DeviceTokenAdmin(ReadOnlyAdmin):
    """Who is signed in; deleting a token signs that device out. The token itself is kept nowhere."""

    list_display = ("__str__", "user", "created", "last_used_at", "expiry")
    list_select_related = ("user",)
    search_fields = ("user__username", "device_name", "token_key")
    search_help_text = "Owner, device, or the first characters of a token"
    fields = ("device_name", "token_key", "user", "created", "last_used_at", "expiry")
    readonly_fields = fields


def _spelled(top: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The best labels with spaces, as people write them."""
    return [{**scored, "label": scored["label"].replace("_", " ")} for scored in top]
