"""Which language an answer is in: a page has that of whoever looks, what programs and operators read is English."""

from collections.abc import Awaitable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from classifier.api.middleware import BY_ADDRESS, FOR_PROGRAMS

IN_ENGLISH = (*FOR_PROGRAMS, "/admin/", *BY_ADDRESS)
"""A program goes by an error's code; operators read the same words in the admin, the commands, the log and the docs."""


class LanguageOfPages(LocaleMiddleware):
    """Middleware: a page is in the language that was chosen on it, or else in the browser's, if there is that one."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """English is what a thread that knows of no language speaks."""
        if request.path_info.startswith(IN_ENGLISH):
            return self.get_response(request)
        return super().__call__(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The thread forgets the language: what it does next may be for somebody else."""
        response = super().process_response(request, response)
        translation.deactivate()
        return response
