"""Content security policy: browsers load nothing but this server's own files."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HEADER = "Content-Security-Policy"
OWN_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
API_DOCUMENTATION = OWN_PAGES.replace("img-src 'self' blob:", "img-src 'self' data:")
"""Swagger UI and Redoc have icons as data URLs in their styles."""

NO_STYLES = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
"""The hash of nothing: an empty element, to be filled through the object model."""
REDOCS_OWN_STYLES = "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='"
REFERENCE = API_DOCUMENTATION.replace("style-src 'self'", f"style-src 'self' {NO_STYLES} {REDOCS_OWN_STYLES}")

OF_ROUTES = {"docs": API_DOCUMENTATION, "redoc": REFERENCE}

HEAT_MAPS = API_DOCUMENTATION
"""A heat map is in the page that tells of it: to load it, the network would have to look at the photo again."""
HEAT_MAP_PAGES = "/why/"
"""How the paths of the pages end that have one."""


class ContentSecurityPolicy:
    """Adds the policy to every response that has none of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        response.headers.setdefault(HEADER, _policy_of(request))
        return response


def _policy_of(request: HttpRequest) -> str:
    if request.path.endswith(HEAT_MAP_PAGES):
        return HEAT_MAPS
    match = request.resolver_match
    return OF_ROUTES.get(match.view_name, OWN_PAGES) if match else OWN_PAGES
