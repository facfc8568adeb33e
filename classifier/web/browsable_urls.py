"""Sign-in and sign-out of the browsable API: the pages' own, with the same limit on failed attempts."""

from django.urls import path

from classifier.web.views import access

app_name = "rest_framework"
urlpatterns = [
    path("login/", access.sign_in, name="login"),
    path("logout/", access.sign_out, name="logout"),
]
