"""Speed and memory, as ratios side by side: `python3 run bench`."""
