"""The JSON of the codes that sign a phone in."""

from typing import Any

from rest_framework import serializers

from classifier.accounts.pairing import Pairing
from classifier.api.serializers.accounts import DeviceNameField


class PairingSerializer(serializers.Serializer[Pairing]):
    code = serializers.CharField(help_text="To be typed; good once. Upper or lower case, with or without hyphens.")
    expires_at = serializers.DateTimeField()
    url = serializers.CharField(
        help_text="To be shown as a QR code: the server's address, the code and the fingerprint."
    )
    fingerprint = serializers.CharField(
        required=False, help_text="The SHA-256 of the server's certificate; left out where an authority vouches for it."
    )

    def to_representation(self, instance: Pairing) -> dict[str, Any]:
        fields = super().to_representation(instance)
        return fields if instance.fingerprint else {k: v for k, v in fields.items() if k != "fingerprint"}


class PairSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=40, write_only=True, help_text="What the account page shows.")
    device_name = DeviceNameField()
