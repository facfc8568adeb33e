"""Every route of the project."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("api/", include("classifier.api.urls")),
    path("compat/", include("classifier.compat.urls")),
    path("api-auth/", include("classifier.web.browsable_urls")),
    path("admin/", admin.site.urls),
    path("", include("classifier.api.health_urls")),
    path("", include("classifier.web.urls")),
]
handler400 = "classifier.api.errors.bad_request"
handler404 = "classifier.api.errors.not_found"
handler500 = "classifier.api.errors.server_error"
