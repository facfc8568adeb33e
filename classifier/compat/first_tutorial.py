"""The endpoint of the first tutorial: `POST api/predict/` with `{"image": base64}`."""

from rest_framework.request import Request
from rest_framework.response import Response

from classifier.compat.base import AdapterView, serving
from classifier.compat.bodies import admitted, photo_of_base64
from classifier.inference.open_inference.messages import read_object


class PredictView(AdapterView):
    """Returns the best label and its probability in percent, as the tutorial's `decode_prediction` does."""

    def post(self, request: Request) -> Response:
        with admitted(request, serving()) as (body, slot):
            photo = photo_of_base64(read_object(body).get("image"))
            best = slot.classify(photo, top_k=1).top[0]
        return Response({"prediction": best.label, "score": best.probability * 100})
