"""The browser pages' paths."""

from django.urls import path

from classifier.web.views import home

urlpatterns = [path("", home, name="home")]
