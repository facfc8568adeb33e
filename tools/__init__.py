"""What makes files of the repository from material that is not in it; never imported by the app."""
