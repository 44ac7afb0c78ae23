"""Kroscek: entities, attributed claims and cross-source conflicts in the text of news articles."""

__version__ = "0.1.0"
