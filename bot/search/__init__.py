"""Question → ranked answers, or none."""
