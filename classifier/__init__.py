"""The application: photos in, stored predictions out."""
