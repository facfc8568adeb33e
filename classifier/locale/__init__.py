"""What each language has of its own: its words (`django.po`, compiled as `django.mo`) and its formats."""
