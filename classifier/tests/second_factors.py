"""What an app on a phone shows."""

import time

from django.contrib.auth.models import User
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from classifier.accounts import second_factor


def code_of(device: TOTPDevice, *, steps_on: int = 0) -> str:
    """The code of this half minute, or of a later one."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + steps_on * device.step
    return f"{totp.token():06}"


def set_up(user: User) -> tuple[TOTPDevice, list[str]]:
    """A second factor and its recovery codes; the code of this half minute is used up."""
    device = second_factor.begin(user)
    return device, second_factor.confirm(user, code_of(device))
