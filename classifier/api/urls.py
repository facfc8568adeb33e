"""Every path under /api/."""

from django.urls import URLPattern, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from classifier.api.views import accounts, feedback, models, pairing, predictions
from classifier.api.views.health import UnknownEndpointView
from classifier.api.views.root import RootView

router = SimpleRouter(use_regex_path=False)
router.register("predictions", predictions.PredictionViewSet, basename="prediction")

v1 = [
    *router.urls,  # first: addresses are tried in order, and photos are what most requests send
    path("auth/register/", accounts.RegisterView.as_view(), name="register"),
    path("auth/login/", accounts.LoginView.as_view(), name="login"),
    path("auth/logout/", accounts.LogoutView.as_view(), name="logout"),
    path("auth/logout-all/", accounts.LogoutAllView.as_view(), name="logout-all"),
    path("auth/tokens/", accounts.DevicesView.as_view(), name="devices"),
    path("auth/tokens/<uuid:device_id>/", accounts.DeviceView.as_view(), name="device"),
    path("auth/password/change/", accounts.PasswordChangeView.as_view(), name="password-change"),
    path("auth/password/reset/", accounts.PasswordResetView.as_view(), name="password-reset"),
    path("auth/password/reset/confirm/", accounts.PasswordResetConfirmView.as_view(), name="password-reset-confirm"),
    path("auth/pairing/", pairing.PairingView.as_view(), name="pairing"),
    path("auth/pair/", pairing.PairView.as_view(), name="pair"),
    path("me/export/", accounts.ExportView.as_view(), name="export"),
    path("me/", accounts.MeView.as_view(), name="me"),
    path("predict/", predictions.PredictView.as_view(), name="predict"),
    path("models/active/on-device/", models.OnDeviceModelView.as_view(), name="on-device"),
    path("models/<str:version>/on-device/file/", models.OnDeviceFileView.as_view(), name="on-device-file"),
    path("models/", models.ModelsView.as_view(), name="models"),
    path("labels/", models.LabelsView.as_view(), name="labels"),
    path("predictions/<uuid:id>/feedback/", feedback.FeedbackView.as_view(), name="prediction-feedback"),
]
endpoints = [str(pattern.name) for pattern in v1 if isinstance(pattern, URLPattern)]
addresses = {name: name for name in ("docs", "redoc", "schema", *endpoints)}
urlpatterns = [
    path("v1/", RootView.as_view(api_root_dict=addresses), name="api-root"),
    path("v1/", include(v1)),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="classifier/api_docs.html"),
        name="docs",
    ),
    path("redoc/", SpectacularRedocView.as_view(template_name="classifier/api_reference.html"), name="redoc"),
    re_path("", UnknownEndpointView.as_view()),
]
