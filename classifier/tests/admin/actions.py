"""What staff do with rows of a list."""

import uuid
from typing import Any

from django.test import Client
from django.urls import reverse


def act(staff_client: Client, list_name: str, action: str, *keys: int | uuid.UUID, **more: str) -> Any:
    """The answer, at the end of its redirects, to an action on the rows with these keys."""
    data = {"action": action, "_selected_action": keys, **more}
    return staff_client.post(reverse(list_name), data, follow=True)
