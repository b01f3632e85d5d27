"""Slack over HTTP, health, metrics, the playground, pages."""
