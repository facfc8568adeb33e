"""Template filters and tags: labels and numbers in readable form."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from classifier.inference.labels.names import with_spaces

register = template.Library()


register.filter(with_spaces)


@register.filter
def with_article(label: str) -> str:
    """The class name after `a` or `an`."""
    name = with_spaces(label)
    return f"an {name}" if name[:1].lower() in "aeiou" else f"a {name}"


@register.filter
def percent(fraction: float, digits: int = 2) -> str:
    """0.9697 as 96.97%."""
    return f"{float(fraction):.{digits}%}"


@register.filter
def as_query(scored: dict[str, Any]) -> str:
    """The query that names a kept label: by its wnid, or by its name where it has none."""
    return urlencode({"wnid": scored["wnid"]} if scored["wnid"] else {"label": scored["label"]})


@register.simple_tag
def bar(fraction: float) -> SafeString:
    """A bar for a fraction in 0..1. It is hidden from screen readers: the number stands beside it."""
    width = max(0.0, min(1.0, float(fraction))) * 100
    return format_html(
        '<svg class="bar" aria-hidden="true" focusable="false"><rect class="bar-track" width="100%" height="100%"/>'
        '<rect class="bar-fill" width="{}%" height="100%"/></svg>',
        f"{width:.2f}",
    )


@register.simple_tag(takes_context=True)
def current(context: dict[str, Any], *names: str) -> str:
    """The attribute that marks a navigation link as the current page, if its URL is one of `names`."""
    match = getattr(context.get("request"), "resolver_match", None)
    return SafeString('aria-current="page"') if match and match.url_name in names else ""
