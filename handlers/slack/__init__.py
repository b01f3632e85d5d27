"""Slack: commands, events, actions, shortcuts, views."""
