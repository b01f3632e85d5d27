"""Bring bytes in: files, pages, feeds."""
