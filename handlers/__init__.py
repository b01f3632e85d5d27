"""The doors: whoever calls us, be it a Slack user, a browser, a terminal or a clock."""
