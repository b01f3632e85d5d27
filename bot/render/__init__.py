"""Reply → words: Block Kit, plain text, HTML."""
