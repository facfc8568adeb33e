"""The views of the browser pages, a module for each part of the site."""
