"""Forms of one photo are read at once, and say what Django's own parser would have said of them."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from rest_framework.exceptions import ParseError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from classifier.api.photo_forms import PhotoFormParser, UploadRequest
from classifier.errors import UploadTooLargeError

PLAIN = (
    b'--b\r\nContent-Disposition: form-data; name="image"; filename="photo 1.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
)
BY_DART = b'--b\r\ncontent-type: image/JPEG\r\ncontent-disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n'
NO_TYPE = b'--b\r\nContent-Disposition: form-data; name="image"; filename="photo.jpg"\r\n\r\n'
END = b"\r\n--b--\r\n"
AT_ONCE = {
    "plain": PLAIN + b"\xff\xd8photo" + END,
    "of Dart's library": BY_DART + b"\xff\xd8photo" + END,
    "without a type": NO_TYPE + b"photo" + END,
    "without a last line break": PLAIN + b"photo" + END[:-2],
    "an empty file": PLAIN + END,
    "a photo with line breaks at its ends": PLAIN + b"\r\n\nphoto\r\n\r\n" + END,
}
BY_DJANGO = {
    "a field beside the photo": PLAIN + b'photo\r\n--b\r\nContent-Disposition: form-data; name="more"\r\n\r\nx' + END,
    "two photos": PLAIN + b"photo\r\n" + PLAIN + b"another" + END,
    "no photo": b'--b\r\nContent-Disposition: form-data; name="image"\r\n\r\ntext' + END,
    "an umlaut": PLAIN.replace(b"photo", "Grün".encode()) + b"photo" + END,
    "a name in another encoding": NO_TYPE.replace(b"filename=", b"filename*=UTF-8''gr%C3%BCn.jpg; x=") + b"photo" + END,
    "an entity in a name": PLAIN.replace(b"photo", b"a&lt;b") + b"photo" + END,
    "a path": PLAIN.replace(b"photo", b"C:\\\\photos\\\\1") + b"photo" + END,
    "no name": PLAIN.replace(b"photo 1.jpg", b"..") + b"photo" + END,
    "a type with a parameter": PLAIN.replace(b"image/jpeg", b"image/jpeg; charset=x") + b"photo" + END,
    "base64": PLAIN[:-2] + b"Content-Transfer-Encoding: base64\r\n\r\ncGhvdG8=" + END,
    "text before it": b"preamble\r\n" + PLAIN + b"photo" + END,
    "text after it": PLAIN + b"photo" + END + b"epilogue",
    "a boundary in the photo": PLAIN + b"pho--bto" + END,
    "a boundary in the name": PLAIN.replace(b"photo", b"a--b") + b"photo" + END,
    "no end": PLAIN + b"photo",
    "no line break before the end": PLAIN[:-2] + b"--b--\r\n",
    "nothing of a form": b"nonsense",
}


@pytest.mark.parametrize("body", [*AT_ONCE.values(), *BY_DJANGO.values()], ids=[*AT_ONCE, *BY_DJANGO])
def test_a_form_has_what_djangos_own_parser_finds_in_it(body: bytes) -> None:
    assert _facts(Request(_sent(body), parsers=[MultiPartParser()])) == _facts(_upload(body))


@pytest.mark.parametrize("body", AT_ONCE.values(), ids=AT_ONCE)
def test_a_form_of_one_photo_takes_no_parser_of_djangos(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(MultiPartParser, "parse")

    assert list(_upload(body).FILES) == ["image"]


def test_a_form_of_no_known_length_is_what_it_is_to_django() -> None:
    requests = [_sent(PLAIN + b"photo" + END), _sent(PLAIN + b"photo" + END)]
    for request in requests:
        del request.META["CONTENT_LENGTH"]
        request.META["HTTP_CONTENT_LENGTH"] = "5"  # DRF asks for it, too

    by_django, at_once = (
        Request(requests[0], parsers=[MultiPartParser()]),
        UploadRequest(requests[1], parsers=[PhotoFormParser()]),
    )

    assert _facts(by_django) == _facts(at_once)


@pytest.mark.parametrize("boundary", ["ü", "b" * 202, '""', " "])
def test_a_boundary_that_is_none_is_refused(boundary: str) -> None:
    sent = _sent(PLAIN.replace(b"--b", b"--" + boundary.encode()) + b"photo", boundary=boundary)

    with pytest.raises(ParseError, match="Multipart form parse error"):
        _ = UploadRequest(sent, parsers=[PhotoFormParser()]).data


def test_a_form_too_large_for_memory_goes_through_the_upload_handlers_piece_by_piece(settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100

    with _upload(PLAIN + bytes(200) + END).FILES["image"] as file:
        assert file.read() == bytes(200)
        assert file.fileno()


def test_a_photo_that_is_too_large_is_refused(settings: Any) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = 4

    with pytest.raises(UploadTooLargeError):
        _ = _upload(PLAIN + b"photo" + END).data


def test_an_uploaded_file_is_closed_with_its_request() -> None:
    request = _sent(PLAIN + b"photo" + END)
    file = UploadRequest(request, parsers=[PhotoFormParser()]).FILES["image"]

    request.close()

    assert file.closed


def _sent(body: bytes, *, boundary: str = "b") -> HttpRequest:
    return RequestFactory().generic("POST", "/", body, content_type=f"multipart/form-data; boundary={boundary}")


def _upload(body: bytes) -> UploadRequest:
    return UploadRequest(_sent(body), parsers=[PhotoFormParser()])


def _facts(request: Request) -> Any:
    """The fields and files of a request, or how it was refused."""
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except ParseError as error:
        return str(error)
    files = [
        (name, file.name, file.content_type, file.charset, file.content_type_extra, file.size, file.read())
        for name, found in request.FILES.lists()
        for file in found
    ]
    return fields, files, sorted(request.data)
