"""Quality figures over annotated data: `python3 run eval`."""
