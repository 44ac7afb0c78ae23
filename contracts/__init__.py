"""The contract of the last release, and whether that of today would break who relies on it."""
