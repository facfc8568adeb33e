"""The admin: predictions, model versions and signed-in devices, for staff."""

from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_tasks_db.models import DBTaskResult

from classifier.accounts import second_factor
from classifier.admin import deletion, devices, model_comparisons, model_versions, people, predictions, retrainings

__all__ = ["deletion", "devices", "model_comparisons", "model_versions", "people", "predictions", "retrainings"]


def sign_in(request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
    """Redirects to the sign-in page, which limits failed attempts, or to where staff set up what they lack."""
    if request.user.is_staff and not has_permission(request):
        return redirect("second-factor")
    destination = request.GET.get("next") or reverse("admin:index")
    return redirect(f"{reverse('sign-in')}?{urlencode({'next': destination})}")


def has_permission(request: HttpRequest) -> bool:
    return second_factor.may_act_as_staff(request.user)


admin.site.unregister([TOTPDevice, StaticDevice])  # their pages show everybody's keys
admin.site.unregister(DBTaskResult)  # the rows of the runs say more
admin.site.disable_action("delete_selected")  # in one transaction, however many rows
admin.site.add_action(deletion.delete_selected, "delete_selected")
admin.site.site_header = "Image classifier"
admin.site.site_title = "Image classifier"
admin.site.index_title = "Predictions, models and accounts"
admin.site.index_template = "classifier/admin_index.html"
admin.site.login = sign_in  # type: ignore[method-assign]
admin.site.has_permission = has_permission  # type: ignore[method-assign]
