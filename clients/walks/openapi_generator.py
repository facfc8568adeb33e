"""What an app does with OpenAPI Generator's Python client: `python FILE ADDRESS PHOTO NAME` beside the package."""

import sys
from pathlib import Path

from openapi_client import ApiClient, AuthApi, Configuration, LoginRequest, PredictionsApi, RegistrationRequest

address, photo, name = sys.argv[1:]
password = "penguins on the ice"  # noqa: S105
configuration = Configuration(host=address)
auth = AuthApi(ApiClient(configuration))
auth.auth_register_create(RegistrationRequest(username=name, password=password))
configuration.api_key["token"] = auth.auth_login_create(LoginRequest(username=name, password=password)).token
configuration.api_key_prefix["token"] = "Token"  # noqa: S105

predictions = PredictionsApi(ApiClient(configuration))
stored = predictions.predictions_create(("photo.jpg", Path(photo).read_bytes()))
assert [row.id for row in predictions.predictions_list().results] == [stored.id]
predictions.predictions_destroy(stored.id)
assert predictions.predictions_list().results == []
print(stored.label)
