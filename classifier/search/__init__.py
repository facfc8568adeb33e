"""The search of the history: by labels, by what people say of a photo, and by its file name."""
