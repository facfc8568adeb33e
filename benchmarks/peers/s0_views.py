"""The first tutorial's view as written: ResNet-50 built anew for each photo."""

import os
from typing import Any

import keras
import numpy as np
from django.urls import path
from keras.applications.resnet50 import ResNet50, decode_predictions, preprocess_input
from PIL import Image
from rest_framework.response import Response
from rest_framework.views import APIView


def initialize_model() -> Any:
    return ResNet50(
        include_top=True,
        weights=os.environ["WEIGHTS"],
        input_tensor=None,
        input_shape=None,
        pooling=None,
        classes=1000,
    )


def predict(image: Any) -> tuple[str, float]:
    model = initialize_model()
    batch = preprocess_input(np.expand_dims(keras.utils.img_to_array(image), axis=0))
    _, label, probability = decode_predictions(model.predict(batch), top=1)[0][0]
    return label, float(probability) * 100


class PredictView(APIView):
    def post(self, request: Any) -> Response:
        image = Image.open(request.FILES["image"]).convert("RGB").resize((224, 224))
        label, score = predict(image)
        return Response({"label": label, "score": score})


urlpatterns = [path("predict", PredictView.as_view())]
