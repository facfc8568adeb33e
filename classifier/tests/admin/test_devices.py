"""The signed-in devices in the admin."""

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from classifier.models import BrowserSession, DeviceToken

TOKENS = "admin:classifier_devicetoken_changelist"
SESSIONS = "admin:classifier_browsersession_changelist"


def test_tokens_are_told_apart_but_never_shown_and_deleting_one_signs_out(staff_client: Client, user: User) -> None:
    instance, token = DeviceToken.objects.create(user, device_name="red phone")

    page = staff_client.get(reverse(TOKENS)).content.decode()
    staff_client.post(reverse(TOKENS), {"action": "delete_selected", "_selected_action": [instance.pk], "post": "yes"})

    assert ">red phone</a>" in page
    assert token not in page
    assert not DeviceToken.objects.exists()


def test_browsers_are_told_apart_but_cannot_be_taken_over_and_deleting_one_signs_out(
    staff_client: Client, user: User
) -> None:
    browser, visitor = Client(), Client()
    browser.force_login(user)
    visitor.session.save()
    row = BrowserSession.objects.get(user=user)

    page = staff_client.get(reverse(SESSIONS), {"q": "ada"}).content.decode()
    one = staff_client.get(reverse("admin:classifier_browsersession_change", args=[row.pk])).content.decode()
    staff_client.post(reverse(SESSIONS), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})

    assert "1 browser session" in page
    assert browser.cookies["sessionid"].value not in page + one
    assert row.session_data not in page + one
    assert browser.get("/account/").status_code == 302
