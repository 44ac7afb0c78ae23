"""From articles to entities, values, claims, and what the articles say of each other: the whole way on one page."""
