"""A day → themes → a digest, posted once."""
