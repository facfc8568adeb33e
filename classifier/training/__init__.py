"""The training loop behind `manage.py train_model`: from folders of photos to a model folder."""
