"""The whole line in one place: fetch → clean → extract → store."""
