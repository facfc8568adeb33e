"""Every path under /compat/; only the tutorial's client ends its path with a slash."""

from django.urls import path, re_path

from classifier.compat import first_tutorial, hugging_face, open_inference
from classifier.compat.base import UnknownEndpointView

HUGGING_FACE = hugging_face.ImageClassificationView.as_view()
MODEL = "v2/models/<str:name>"
VERSION = f"{MODEL}/versions/<str:version>"

urlpatterns = [
    path("api/predict/", first_tutorial.PredictView.as_view()),
    path("hf", HUGGING_FACE),
    path("hf/", HUGGING_FACE),
    path("hf/models/<path:model>", HUGGING_FACE),
    path("hf/<path:model>", HUGGING_FACE),
    path("v2", open_inference.ServerView.as_view()),
    path("v2/health/live", open_inference.LiveView.as_view()),
    path("v2/health/ready", open_inference.ReadyView.as_view()),
    *(
        path(f"{model}{end}", view.as_view())
        for model in (MODEL, VERSION)
        for end, view in (
            ("", open_inference.ModelView),
            ("/ready", open_inference.ModelReadyView),
            ("/infer", open_inference.InferView),
        )
    ),
    re_path("", UnknownEndpointView.as_view()),
]
