"""A Slack of our own, loopback only: for the playground and for tests."""
