"""The JSON of accounts and devices, in and out."""

from typing import Any

from django.contrib.auth.models import User
from rest_framework import serializers

from classifier.accounts.passwords import LONGEST_PASSWORD


class PasswordField(serializers.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            write_only=True,
            style={"input_type": "password"},
            trim_whitespace=False,
            max_length=LONGEST_PASSWORD,
            **options,
        )


class DeviceNameField(serializers.CharField):
    def __init__(self, **options: Any) -> None:
        described = "What the list of devices calls this one."
        super().__init__(
            required=False,
            allow_blank=True,
            default="",
            max_length=100,
            write_only=True,
            help_text=described,
            **options,
        )


class UserSerializer(serializers.ModelSerializer[User]):
    email = serializers.CharField(read_only=True, help_text="Empty when none was given.")

    class Meta:
        model = User
        fields = ["id", "username", "email", "date_joined"]
        read_only_fields = fields


class AccountChangeSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField(
        required=False, allow_blank=True, max_length=254, help_text="Another one, or nothing for none."
    )
    password = PasswordField(help_text="The account's.")


class RegistrationSerializer(serializers.ModelSerializer[User]):
    password = PasswordField()

    device_name = DeviceNameField()

    class Meta:
        model = User
        fields = ["username", "password", "email", "device_name"]
        # Whether the name is free is looked up where tries are counted.
        extra_kwargs = {"username": {"validators": [User.username_validator]}, "email": {"required": False}}


class LoginSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=150)
    password = PasswordField()
    device_name = DeviceNameField()
    code = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=40,
        write_only=True,
        help_text="For an account with a second factor: what its app shows, or a recovery code.",
    )


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(read_only=True)
    expires_at = serializers.DateTimeField(read_only=True)
    user = UserSerializer(read_only=True)


class DeviceSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(["token", "browser"], help_text="How it is signed in: by a token, or in a browser.")
    device_name = serializers.CharField(help_text="Empty when none was given.")
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(help_text="When it is signed out if it is not used again.")
    is_current = serializers.BooleanField(help_text="Whether this request came from it.")


class DeviceListSerializer(serializers.Serializer[Any]):
    results = DeviceSerializer(many=True)


class PasswordChangeSerializer(serializers.Serializer[Any]):
    current_password = PasswordField()
    new_password = PasswordField()


class PasswordResetSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField(max_length=254)


class PasswordResetConfirmSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField(max_length=254)
    code = serializers.CharField(max_length=32)
    new_password = PasswordField()
