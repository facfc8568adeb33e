"""Images: photos decoded to RGB, and renditions made from them."""
