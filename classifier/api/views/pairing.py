"""A phone is paired: one who is signed in asks for a code, and the phone signs in with it."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from classifier.accounts import pairing
from classifier.api.failures import fails_with
from classifier.api.serializers.accounts import TokenSerializer
from classifier.api.serializers.pairing import PairingSerializer, PairSerializer
from classifier.api.views.accounts import PublicView
from classifier.errors import ThrottledError, WrongPairingCodeError


class PairingView(APIView):
    """A code that signs one phone in to the account, once and within five minutes.

    An account has one at a time: asking again ends the one before.
    """

    @extend_schema(request=None, responses={201: PairingSerializer}, tags=["auth"])
    def post(self, request: Request) -> Response:
        return Response(PairingSerializer(pairing.open_code(request)).data, status=201)


class PairView(PublicView):
    """Gives a new token for a code that the account shows."""

    serializer_class = PairSerializer  # for the browsable API's form

    @fails_with(WrongPairingCodeError, ThrottledError)
    @extend_schema(request=PairSerializer, responses={200: TokenSerializer}, tags=["auth"])
    def post(self, request: Request) -> Response:
        given = PairSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        signed_in = pairing.pair(request, **given.validated_data)
        body = {"token": signed_in.token, "expires_at": signed_in.device.expiry, "user": signed_in.device.user}
        return Response(TokenSerializer(body).data)
