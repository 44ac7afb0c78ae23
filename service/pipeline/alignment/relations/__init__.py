"""How events hang together: what comes first, and what causes what."""
