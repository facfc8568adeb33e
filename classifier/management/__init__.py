"""Commands for operators and machine-learning engineers."""
