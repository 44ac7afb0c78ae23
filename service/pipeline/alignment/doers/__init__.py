"""Who does, did or has to do something, and to whom."""
