"""Offices: the words behind a title, cut into the office, the body or place it belongs to, and who holds it."""
