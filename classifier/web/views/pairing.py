"""A phone is paired: the account page shows a code, and the page that its address leads to says what to do with it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from classifier.accounts import pairing


@require_POST
@login_required
def show_code(request: HttpRequest) -> HttpResponse:
    """Makes a new code; the account page shows it until it is used or five minutes old."""
    pairing.open_code(request)
    return redirect(f"{reverse('account')}#phone")


@require_safe
def pairing_help(request: HttpRequest) -> HttpResponse:
    """Where a browser ends up that followed a code. The code is in the fragment, which no server is sent."""
    return render(request, "classifier/pairing_help.html")
