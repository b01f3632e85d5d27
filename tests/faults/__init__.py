"""What goes wrong on purpose: `python3 run faults` runs the full simulations, the suite thinned ones."""
