"""What tests of pages share."""

import pytest
from django.contrib.auth.models import User
from django.test import Client


@pytest.fixture
def ada(client: Client, user: User) -> Client:
    """A browser that is signed in."""
    client.force_login(user)
    return client
