"""Numbers: what each is of, and which of two articles fill one slot."""
