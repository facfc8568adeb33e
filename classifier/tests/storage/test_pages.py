"""Rows by pages: each once, though what is read is changed meanwhile."""

import pytest
from django.contrib.auth.models import User

from classifier.storage import pages as paging
from classifier.storage.pages import pages


@pytest.mark.parametrize("size", [1, 2, 5])
def test_every_row_comes_once_though_its_page_changes(db: None, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(paging, "PAGE", size)
    names = [f"user {number}" for number in range(5)]
    User.objects.bulk_create([User(username=name) for name in names])
    seen = []

    for page in pages(User.objects.filter(is_active=True)):
        seen += [user.username for user in page]
        User.objects.filter(pk__in=[user.pk for user in page]).update(is_active=False)

    assert seen == names
