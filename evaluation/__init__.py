"""Gold clusters read, answers matched with them, figures printed with a signature."""
