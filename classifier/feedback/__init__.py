"""What people say of predictions, and what the model learns from it: corrections, retraining, promotion."""
