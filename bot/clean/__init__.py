"""Bytes → Article: text, title, date, masks, flags, reprints."""
