"""Our own short reports about the 62nd Munich Security Conference, with people and terms."""
