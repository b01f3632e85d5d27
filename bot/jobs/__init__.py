"""One job code, two engines."""
