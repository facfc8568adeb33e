"""Label names as people say them."""

import pytest

from classifier.inference.labels.names import with_article


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("golden_retriever", "a golden retriever"),
        ("orange", "an orange"),
        ("unicycle", "a unicycle"),
        ("umbrella", "an umbrella"),
        ("hourglass", "an hourglass"),
        ("European_gallinule", "a European gallinule"),
        ("African_grey", "an African grey"),
        ("clothing", "clothing"),
        ("swimming trunks", "swimming trunks"),
        ("", "a "),
    ],
)
def test_a_label_has_its_article(label: str, said: str) -> None:
    assert with_article(label) == said
