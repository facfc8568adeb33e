"""How pages write what the application knows."""
