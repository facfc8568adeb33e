"""The browser pages' paths."""

from django.urls import path
from django.views.i18n import set_language

from classifier.web.views import (
    access,
    account,
    account_details,
    comparison,
    explanations,
    feedback,
    history,
    home,
    model,
    pairing,
    predictions,
    second_factor,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("favicon.ico", home.favicon),
    path("try/", home.try_sample, name="try-sample"),
    path("language/", set_language, name="set-language"),
    path("sign-in/", access.sign_in, name="sign-in"),
    path("sign-in/code/", access.sign_in_code, name="sign-in-code"),
    path("sign-out/", access.sign_out, name="sign-out"),
    path("register/", access.sign_up, name="sign-up"),
    path("password/forgotten/", access.forgotten_password, name="forgotten-password"),
    path("password/new/", access.new_password, name="new-password"),
    path("predictions/", history.history, name="history"),
    path("predictions/selected/", history.selected, name="selected"),
    path("predictions/seen/", predictions.seen, name="seen"),
    path("predictions/<uuid:key>/", predictions.prediction, name="prediction-page"),
    path("predictions/<uuid:key>/answer/", predictions.answer, name="answer"),
    path("predictions/<uuid:key>/classify/", predictions.classify_again, name="classify-again"),
    path("predictions/<uuid:key>/why/", explanations.why, name="why"),
    path("predictions/<uuid:key>/compare/", comparison.compare, name="compare-models"),
    path("predictions/<uuid:key>/delete/", predictions.delete, name="delete-prediction"),
    path("predictions/<uuid:key>/feedback/", feedback.feedback, name="give-feedback"),
    path("predictions/<uuid:key>/labels/", feedback.labels, name="label-choices"),
    path("model/", model.model, name="model-page"),
    path("account/", account.account, name="account"),
    path("account/email/", account_details.change_email, name="change-email"),
    path("account/name/", account_details.change_username, name="change-username"),
    path("account/devices/<uuid:key>/", account.revoke_device, name="revoke-device"),
    path("account/sign-out-everywhere/", account.sign_out_everywhere, name="sign-out-everywhere"),
    path("account/second-factor/", second_factor.second_factor, name="second-factor"),
    path("account/pairing/", pairing.show_code, name="show-pairing-code"),
    path("pair/", pairing.pairing_help, name="pairing-help"),
    path("account/export/", account.export, name="account-export"),
    path("account/delete/", account.delete_account, name="delete-account"),
]
