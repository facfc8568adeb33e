"""The endpoint of the first tutorial: `POST api/predict/` with `{"image": base64}`."""

from rest_framework.request import Request
from rest_framework.response import Response

from classifier.compat.base import AdapterView
from classifier.compat.bodies import photo_of_base64
from classifier.compat.turn import body_in_turn, decode, serving
from classifier.inference.open_inference.messages import read_object


class PredictView(AdapterView):
    """Answers the best label, and its probability in percent, as the tutorial's `decode_prediction` gives them."""

    def post(self, request: Request) -> Response:
        service = serving()
        with body_in_turn(request) as body:
            photo = photo_of_base64(read_object(body).get("image"))
            best = service.classify(decode(photo, service), top_k=1).top[0]
        return Response({"prediction": best.label, "score": best.probability * 100})
