"""The index is asked, and is in step with the rows."""

import pytest
from django.contrib.auth.models import User
from django.db import connection

from classifier.models import ModelVersion, SearchText
from classifier.search import index
from classifier.tests.rows import make_prediction


def rows_with(query: str) -> list[int]:
    return list(SearchText.objects.filter(pk__in=index.rows_with(query)).values_list("pk", flat=True))


def test_it_finds_words_and_beginnings_of_names(user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, "red_fox", filename="IMG_7.jpg")

    for query in (
        index.label_word(user.pk, "fox"),
        index.name_beginning(user.pk, "im"),
        index.all_of([index.label_word(user.pk, "red"), index.name_word(user.pk, "7")]),
        index.any_of([index.label_word(user.pk, "dog"), index.name_word(user.pk, "jpg")]),
    ):
        assert rows_with(query) == [row.search_text.pk]
    for query in (
        index.label_word(user.pk, "fox"[:2]),
        index.name_word(user.pk, "im"),
        index.label_word(user.pk + 1, "fox"),
    ):
        assert rows_with(query) == []


def test_it_says_whether_there_are_more(user: User, serving: ModelVersion) -> None:
    for _ in range(3):
        make_prediction(user, serving, "tabby")
    query = index.label_word(user.pk, "tabby")

    assert index.has_more_than(2, query)
    assert not index.has_more_than(3, query)


def test_what_is_deleted_or_changed_is_not_found_any_more(user: User, serving: ModelVersion) -> None:
    row, kept = make_prediction(user, serving, "tabby"), make_prediction(user, serving, "tabby")
    SearchText.objects.filter(prediction=kept).update(labels="tench")
    row.delete()

    assert not index.has_more_than(0, index.label_word(user.pk, "tabby"))
    assert index.has_more_than(0, index.label_word(user.pk, "tench"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="it has an index of the rows' own column")
def test_the_index_has_every_row_after_all_migrations(user: User, serving: ModelVersion) -> None:
    make_prediction(user, serving, "tabby")

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {index.INDEX}")
        assert cursor.fetchone() == (1,)


def test_the_database_looks_into_its_index(user: User, serving: ModelVersion) -> None:
    query = index.label_word(user.pk, "fox")
    if connection.vendor == "postgresql":  # of few rows it reads all, or all in the order of their keys
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_indexscan = off")  # words are looked up by a scan of another kind

    assert index.INDEX in SearchText.objects.filter(pk__in=index.rows_with(query)).explain()
