"""Who starts it: loops that take the next piece of work."""
