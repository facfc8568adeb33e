"""Where the photos lie: the storage that the settings name, which is a folder or a bucket."""

from typing import TYPE_CHECKING, cast

from django.core.files.storage import FileSystemStorage, storages

from classifier.models import Prediction, image_path, thumbnail_path

if TYPE_CHECKING:
    from classifier.storage.local import DurableFileSystemStorage
    from classifier.storage.s3 import PrivateS3Storage


def photo_storage() -> "DurableFileSystemStorage | PrivateS3Storage":
    """What Django's `default_storage` stands for; through that proxy, each attribute takes several calls."""
    return cast("DurableFileSystemStorage | PrivateS3Storage", storages["default"])


def folder_storage() -> "DurableFileSystemStorage | None":
    """The same where it is a folder; None where it is a bucket."""
    storage = photo_storage()
    return cast("DurableFileSystemStorage", storage) if isinstance(storage, FileSystemStorage) else None


def write_files(prediction: Prediction, photo: bytes, thumbnail: bytes) -> None:
    """Writes both pictures durably under generated names, which the prediction gets.

    Raises StorageFullError or StorageUnavailableError, and may leave one of them.
    """
    storage, image_name, thumbnail_name = photo_storage(), image_path(prediction), thumbnail_path(prediction)
    storage.write(image_name, photo)
    prediction.image = image_name
    storage.write(thumbnail_name, thumbnail)
    prediction.thumbnail = thumbnail_name
