"""Second factors: what counts, and how often."""

import pytest
from django.contrib.auth.models import User
from django_otp.plugins.otp_static.models import StaticToken

from classifier.accounts import second_factor
from classifier.errors import SecondFactorRequiredError, ThrottledError, WrongSecondFactorError
from classifier.tests.second_factors import code_of, set_up


def test_an_account_without_one_needs_no_code(user: User) -> None:
    second_factor.check(user, "")


def test_a_key_counts_for_nothing_until_its_code_was_right(user: User) -> None:
    second_factor.begin(user)

    with pytest.raises(WrongSecondFactorError):
        second_factor.confirm(user, "nonsense")

    assert not second_factor.is_set_up(user)
    second_factor.check(user, "")


def test_without_a_code_nobody_gets_in(user: User) -> None:
    set_up(user)

    with pytest.raises(SecondFactorRequiredError):
        second_factor.check(user, " ")


def test_a_code_of_the_app_is_good_once(user: User) -> None:
    device, _ = set_up(user)
    code = code_of(device, steps_on=1)

    second_factor.check(user, f"{code[:3]} {code[3:]}")
    with pytest.raises(WrongSecondFactorError):
        second_factor.check(user, code)


def test_a_code_that_turned_it_on_is_used_up(user: User) -> None:
    device, _ = set_up(user)

    with pytest.raises(WrongSecondFactorError):
        second_factor.check(user, code_of(device))


def test_a_recovery_code_is_good_once(user: User) -> None:
    _, codes = set_up(user)

    second_factor.check(user, codes[3].upper())
    with pytest.raises(WrongSecondFactorError):
        second_factor.check(user, codes[3])

    assert second_factor.recovery_codes_left(user) == len(codes) - 1 == 9


def test_recovery_codes_are_stored_as_digests_alone(user: User) -> None:
    _, codes = set_up(user)

    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(stored) == len(set(codes)) == second_factor.RECOVERY_CODES
    assert not any(token in code.replace("-", "") for token in stored for code in codes)


def test_somebody_elses_code_is_wrong(user: User, other_user: User) -> None:
    device, codes = set_up(user)
    set_up(other_user)

    for code in (code_of(device, steps_on=1), codes[0]):
        with pytest.raises((WrongSecondFactorError, ThrottledError)):
            second_factor.check(other_user, code)


def test_each_wrong_code_doubles_the_wait(user: User) -> None:
    device, codes = set_up(user)
    with pytest.raises(WrongSecondFactorError):
        second_factor.check(user, "000000")

    with pytest.raises(ThrottledError) as told:
        second_factor.check(user, code_of(device, steps_on=1))

    assert told.value.retry_after_s == 1
    second_factor.check(user, codes[0])  # the owner has another way in


def test_removed_is_removed(user: User) -> None:
    set_up(user)

    assert second_factor.remove(user)

    second_factor.check(user, "")
    assert not StaticToken.objects.exists()
    assert not second_factor.remove(user)


@pytest.mark.parametrize("required", [False, True])
def test_staff_need_one_where_the_operator_says_so(staff: User, settings: object, required: bool) -> None:
    settings.CLASSIFIER_SECOND_FACTOR_FOR_STAFF = required  # type: ignore[attr-defined]

    assert second_factor.may_act_as_staff(staff) is not required
    set_up(staff)
    assert second_factor.may_act_as_staff(staff)
