"""The pictures to try with."""

import io

import pytest
from PIL import Image

from classifier.web.samples import SAMPLES, STATIC, Sample


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_a_sample_is_small_and_free_to_show(sample: Sample) -> None:
    data = sample.as_upload().read()

    assert len(data) < 150_000
    assert max(Image.open(io.BytesIO(data)).size) <= 1024
    assert f"{sample.name}.jpg" in (STATIC / "classifier/samples/CREDITS.txt").read_text()
