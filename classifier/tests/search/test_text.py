"""What is compared: folded labels, and the words of names."""

import pytest

from classifier.search.text import LONGEST, beginning, fold, names_text, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Golden_Retriever", "golden retriever"),
        ("  pay-phone \n", "pay-phone"),
        ("A\N{COMBINING DIAERESIS}pfel", "äpfel"),
        ("Straße", "strasse"),
        ("x" * 300, "x" * LONGEST),
        ("red\x04fox\x7f\x00\x1f", "red fox"),
    ],
)
def test_spellings_that_mean_the_same_are_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_name_is_its_words() -> None:
    assert beginning("IMG_2041.JPG") == " img 2041 jpg"
    assert names_text("cat.png", None, "", "my cat") == " cat png\n my cat"


def test_words_are_stored_in_the_same_order_by_everybody() -> None:
    assert list(words_of("red fox\nfox red\nant")) == ["ant", "fox", "red"]
