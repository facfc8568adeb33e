"""The browsable API's ways in and out: the same as the pages', with the same limit on tries."""

from django.urls import path

from classifier.web.views import access

app_name = "rest_framework"
urlpatterns = [
    path("login/", access.sign_in, name="login"),
    path("logout/", access.sign_out, name="logout"),
]
