"""The browser pages' paths."""

from django.urls import path

from classifier.web.views import favicon, home

urlpatterns = [path("", home, name="home"), path("favicon.ico", favicon)]
