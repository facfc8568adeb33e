"""What STORAGE_URL may say."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from classifier_project.storages import storage


def test_without_it_photos_lie_in_a_folder() -> None:
    assert storage("")["BACKEND"].endswith("DurableFileSystemStorage")


def test_it_names_bucket_prefix_service_and_key() -> None:
    options = storage("s3://ada:se%2Fcret@photos/of/ours?endpoint_url=http://127.0.0.1:9000&region_name=x")["OPTIONS"]

    assert options == {
        "bucket_name": "photos",
        "location": "of/ours",
        "access_key": "ada",
        "secret_key": "se/cret",
        "endpoint_url": "http://127.0.0.1:9000",
        "region_name": "x",
    }


def test_without_a_key_the_machines_role_is_asked() -> None:
    assert storage("s3://photos")["OPTIONS"] == {"bucket_name": "photos", "location": ""}


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://ada:hush@photos", "names no bucket"),
        ("s3://", "names no bucket"),
        ("s3://ada@photos", "names no bucket"),
        ("s3://ada:hush@[photos", "cannot be read"),
        ("s3://ada:hush@photos?acl=public-read", "has no option acl"),
        ("s3://ada:hush@photos?endpoint_url", "cannot be read"),
    ],
)
def test_what_it_may_not_say_is_told_without_the_secret(url: str, told: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=told) as refused:
        storage(url)
    assert "hush" not in str(refused.value)
