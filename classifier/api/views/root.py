"""The root of the API."""

from rest_framework.permissions import AllowAny
from rest_framework.routers import APIRootView


class RootView(APIRootView):
    """Where to begin: each address in which nothing varies. The documentation has every call."""

    name = "API"
    permission_classes = [AllowAny]
