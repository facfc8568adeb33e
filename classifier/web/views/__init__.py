"""What a person sees who opens the server's address, a module for each part of the site."""
