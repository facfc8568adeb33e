"""Which language an answer is in: a page has that of whoever looks, what programs and operators read is English."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from classifier.api.middleware import FOR_PROGRAMS

IN_ENGLISH = (*FOR_PROGRAMS, "/admin/", "/metrics", "/livez", "/readyz")
"""A program goes by an error's code; operators read the same words in the admin, the commands, the log and the docs."""


class LanguageOfPages(LocaleMiddleware):
    """Middleware: a page is in the language that was chosen on it, or else in the browser's, if there is that one."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path_info.startswith(IN_ENGLISH):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        else:
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The thread forgets the language: what it does next may be for somebody else."""
        if not request.path_info.startswith(IN_ENGLISH):
            response = super().process_response(request, response)
        translation.deactivate()
        return response
