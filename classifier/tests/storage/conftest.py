"""A real server that speaks S3, with a bucket in which the photos lie."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from classifier.storage import health
from classifier.storage.s3 import PrivateS3Storage
from classifier_project.storages import storage


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """Its address."""
    from moto.server import ThreadedMotoServer  # long to import, and other tests need none of it

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateS3Storage]:
    """A bucket of its own for each test, and nothing in it."""
    monkeypatch.setattr(health, "PROBED_EVERY_S", 0)
    name = f"photos-{uuid4()}"
    url = f"s3://ada:se%2Fcret@{name}/of/ours?endpoint_url={s3_server}&region_name=us-east-1"
    settings.STORAGES = {**settings.STORAGES, "default": storage(url)}
    stored: Any = default_storage
    client = stored.connection.meta.client
    client.create_bucket(Bucket=name)
    yield stored
    client.close()
