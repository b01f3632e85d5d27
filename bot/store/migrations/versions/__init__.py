"""One migration a file, named REVISION_what.py; each goes up and down."""
