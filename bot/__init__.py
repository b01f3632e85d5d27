"""What the product knows: from bytes to answers."""
