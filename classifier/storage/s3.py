"""Photos in a bucket that speaks S3: private, read through this server alone."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from classifier.errors import StorageFullError, StorageUnavailableError
from classifier.storage.local import translating_os_errors

IN_MEMORY_BYTES, CHUNK_BYTES = 1024**2, 256 * 1024
CONNECT_TIMEOUT_S, READ_TIMEOUT_S, ATTEMPTS = 3, 20, 2
FULL = frozenset({"QuotaExceeded", "XMinioStorageFull"})
MISSING = frozenset({"NoSuchKey", "404"})


class Listed(NamedTuple):
    """An object of the bucket, by the storage's name for it."""

    name: str
    modified_at: datetime


class PrivateS3Storage(S3Storage):  # type: ignore[misc]  # django-storages has no types
    """What the service refuses is a StorageFullError or a StorageUnavailableError; nothing there is FileNotFoundError.

    A photo is there, whole, when the service has acknowledged it: there is nothing to sync. It is read whole before its
    first byte is passed on, into memory or a file without a name, so that a slow reader holds no connection to the
    service. All threads share one client.
    """

    def __init__(self, **options: Any) -> None:
        style, signature = options.get("addressing_style"), options.get("signature_version")
        config = Config(
            s3={"addressing_style": style},
            signature_version=signature,
            connect_timeout=CONNECT_TIMEOUT_S,
            read_timeout=READ_TIMEOUT_S,
            retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
            max_pool_connections=50,
        )
        super().__init__(client_config=config, transfer_config=TransferConfig(use_threads=False), **options)
        self._lock = threading.Lock()
        self._shared: Any = None

    @property
    def connection(self) -> Any:
        with self._lock:
            if self._shared is None:
                self._shared = S3Storage.connection.fget(self)
            return self._shared

    def url(self, name: str, *_: Any, **__: Any) -> str:
        """As with a folder, nothing that leads to the photo: nobody gets at one but through this server."""
        return f"/{name}"

    def exists(self, name: str) -> bool:
        with translating_s3_errors():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with translating_s3_errors():
            return int(super().size(name))

    def delete(self, name: str) -> None:
        with translating_s3_errors():
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with translating_s3_errors():
            folders, files = super().listdir(name)
            return folders, files

    def listed(self, prefix: str) -> Iterator[Listed]:
        """All objects whose names begin so, in the order of their names."""
        start = f"{self.location}/" if self.location else ""
        with translating_s3_errors():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket_name, Prefix=f"{start}{prefix}"
            )
            for page in pages:
                for entry in page.get("Contents", ()):
                    yield Listed(entry["Key"].removeprefix(start), entry["LastModified"])

    def move(self, name: str, to: str) -> None:
        """Copies within the service, then removes. Raises FileNotFoundError."""
        with translating_s3_errors():
            source = {"Bucket": self.bucket_name, "Key": self._normalize_name(name)}
            self._client.copy_object(Bucket=self.bucket_name, Key=self._normalize_name(to), CopySource=source)
            self._client.delete_object(**source)

    def check(self) -> None:
        """Raises StorageUnavailableError when the bucket does not answer."""
        with translating_s3_errors():
            try:
                self._client.head_bucket(Bucket=self.bucket_name)
            except ClientError as error:  # no such bucket is no missing file
                raise StorageUnavailableError from error

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        if mode != "rb":
            raise ValueError("Photos are written whole, by write().")
        file = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  # whoever opens it closes it
        try:
            with translating_s3_errors(), translating_os_errors(but=FileNotFoundError):
                found = self._client.get_object(Bucket=self.bucket_name, Key=self._normalize_name(name))
                shutil.copyfileobj(found["Body"], file, CHUNK_BYTES)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return File(file, name)

    def write(self, name: str, data: bytes) -> None:
        """Stores an object under a name that this project made."""
        self._save(name, ContentFile(data))

    def _save(self, name: str, content: "File[bytes]") -> str:
        with translating_s3_errors():
            return str(super()._save(name, content))

    @property
    def _client(self) -> Any:
        return self.connection.meta.client


@contextmanager
def translating_s3_errors() -> Iterator[None]:
    """Raises FileNotFoundError, StorageFullError or StorageUnavailableError for what the service says."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code"))
        if code in MISSING:
            raise FileNotFoundError from error
        raise (StorageFullError if code in FULL else StorageUnavailableError) from error
    except BotoCoreError as error:
        raise StorageUnavailableError from error
