"""What an app does with the client of openapi-python-client: `python FILE ADDRESS PHOTO NAME` beside the package."""

import sys
from pathlib import Path

from generated import AuthenticatedClient, Client
from generated.api.auth import auth_login_create, auth_register_create
from generated.api.predictions import predictions_create, predictions_destroy, predictions_list
from generated.models import LoginRequest, Prediction, RegistrationRequest, Token, UploadRequest
from generated.types import File

address, photo, name = sys.argv[1:]
password = "penguins on the ice"  # noqa: S105
stranger = Client(base_url=address)
registered = auth_register_create.sync(client=stranger, body=RegistrationRequest(username=name, password=password))
assert isinstance(registered, Token), registered
signed_in = auth_login_create.sync(client=stranger, body=LoginRequest(username=name, password=password))
assert isinstance(signed_in, Token), signed_in

client = AuthenticatedClient(base_url=address, token=signed_in.token)
with Path(photo).open("rb") as file:
    upload = UploadRequest(image=File(payload=file, file_name="photo.jpg", mime_type="image/jpeg"))
    stored = predictions_create.sync(client=client, body=upload)
assert isinstance(stored, Prediction), stored
assert [row.id for row in predictions_list.sync(client=client).results] == [stored.id]
assert predictions_destroy.sync_detailed(stored.id, client=client).status_code == 204
assert predictions_list.sync(client=client).results == []
print(stored.label)
