"""The signed-in devices in the admin."""

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from classifier.models import DeviceToken

TOKENS = "admin:classifier_devicetoken_changelist"


def test_tokens_are_told_apart_but_never_shown_and_deleting_one_signs_out(staff_client: Client, user: User) -> None:
    instance, token = DeviceToken.objects.create(user, device_name="red phone")

    page = staff_client.get(reverse(TOKENS)).content.decode()
    staff_client.post(reverse(TOKENS), {"action": "delete_selected", "_selected_action": [instance.pk], "post": "yes"})

    assert ">red phone</a>" in page
    assert token not in page
    assert not DeviceToken.objects.exists()
