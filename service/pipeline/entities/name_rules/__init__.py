"""Rules on names: where those that the encoder found begin and end, which it misses, and of which type they are."""
