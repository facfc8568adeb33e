"""Model versions in the admin: listed, activated, deleted."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from classifier.admin.base import ReadOnlyAdmin
from classifier.admin.calibration import calibration
from classifier.inference.errors import ModelError
from classifier.model_registry import versions
from classifier.model_registry.accuracy import accuracy_of
from classifier.models import ModelVersion


@admin.register(ModelVersion)
class ModelVersionAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "active", "architecture", "classes", "accuracy", "parity", "created_at", "load_error")
    actions = ("activate", "compare")
    fields = (
        "name",
        "version",
        "active",
        "architecture",
        "classes",
        "input",
        "accuracy",
        "licence",
        "parity",
        "calibration",
        "path",
        "load_error",
        "created_at",
    )
    readonly_fields = fields

    @admin.display(description="active", ordering="is_active")
    def active(self, version: ModelVersion) -> str:
        return "● active" if version.is_active else "no"

    @admin.display(description="architecture")
    def architecture(self, version: ModelVersion) -> str:
        return str(version.manifest["architecture"])

    @admin.display(description="classes")
    def classes(self, version: ModelVersion) -> int:
        return int(version.manifest["classes"])

    @admin.display(description="input")
    def input(self, version: ModelVersion) -> str:
        spec = version.manifest["preprocessing"]
        return f"{spec['width_px']} x {spec['height_px']} pixels, {spec['resize']}, scaling {spec['scaling']}"

    @admin.display(description="differs from Keras")
    def parity(self, version: ModelVersion) -> str:
        parity = version.manifest["parity"]
        return f"{parity['max_difference']:.1e}" if parity else "not measured"

    @admin.display(description="accuracy")
    def accuracy(self, version: ModelVersion) -> str:
        return accuracy_of(version.manifest) or "not measured"

    @admin.display(description="licence")
    def licence(self, version: ModelVersion) -> str:
        return version.manifest.get("license") or "not stated"

    @admin.display(description="calibration")
    def calibration(self, version: ModelVersion) -> SafeString:
        page = reverse("admin:classifier_modelversion_calibration", args=[version.pk])
        return format_html('<a href="{}">said against confirmed, and what if answers had to be surer</a>', page)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(calibration, versions_admin=self))
        return [path("<int:key>/calibration/", view, name="classifier_modelversion_calibration"), *super().get_urls()]

    @admin.action(description="Activate the selected model", permissions=["activate"])
    def activate(self, request: HttpRequest, selected: QuerySet[ModelVersion]) -> None:
        if selected.count() != 1:
            self.message_user(request, "Select one model to activate.", messages.ERROR)
            return
        version = selected.get()
        try:
            versions.activate(version)
        except ModelError as error:
            self.message_user(request, f"{error} {versions.active() or 'No model'} stays active.", messages.ERROR)
        else:
            self.message_user(request, f"Active model: {version}.", messages.SUCCESS)

    @admin.action(description="Compare the two selected models", permissions=["compare"])
    def compare(self, request: HttpRequest, selected: QuerySet[ModelVersion]) -> HttpResponse | None:
        """Leads to the form of a comparison; the active model, or the older one, counts as the one that there is."""
        if selected.count() != 2:
            self.message_user(request, "Select two models to compare.", messages.ERROR)
            return None
        old, new = selected.order_by("-is_active", "created_at")
        form = reverse("admin:classifier_modelcomparison_add")
        return redirect(f"{form}?{urlencode({'old': old.pk, 'new': new.pk})}")

    def has_compare_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("classifier.add_modelcomparison")

    def has_activate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("classifier.change_modelversion")

    def has_delete_permission(self, request: HttpRequest, obj: ModelVersion | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_active)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What a bulk delete would delete; the active version counts as protected."""
        deleted, counts, permissions_needed, protected = super().get_deleted_objects(objs, request)
        protected = [*protected, *(f"{version} is active" for version in objs if version.is_active)]
        return deleted, counts, permissions_needed, protected
