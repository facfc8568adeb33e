"""The Django project: settings from the environment, routes and server entry points."""
