"""Every path under /api/."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.routers import SimpleRouter

from classifier.api.views import accounts, models, predictions
from classifier.api.views.health import UnknownEndpointView

router = SimpleRouter(use_regex_path=False)
router.register("predictions", predictions.PredictionViewSet, basename="prediction")

v1 = [
    path("auth/register/", accounts.RegisterView.as_view(), name="register"),
    path("auth/login/", accounts.LoginView.as_view(), name="login"),
    path("auth/logout/", accounts.LogoutView.as_view(), name="logout"),
    path("auth/logout-all/", accounts.LogoutAllView.as_view(), name="logout-all"),
    path("me/", accounts.MeView.as_view(), name="me"),
    path("predict/", predictions.PredictView.as_view(), name="predict"),
    path("models/", models.ModelsView.as_view(), name="models"),
    path("labels/", models.LabelsView.as_view(), name="labels"),
    *router.urls,
]
urlpatterns = [
    path("v1/", include(v1)),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
    re_path("", UnknownEndpointView.as_view()),
]
