"""What each language has of its own: its words (`django.po`, compiled as `django.mo`) and its formats."""


def gettext_noop(text: str) -> str:
    """Marks a text that is translated where it is shown. Django has the same; this is for rooms that know no Django."""
    return text
