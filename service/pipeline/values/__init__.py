"""Values: numbers, measures, sums of money and times that the text states, made comparable."""

from service.pipeline.values.extraction import find_values
from service.pipeline.values.knowledge import Knowledge, load

__all__ = ["Knowledge", "find_values", "load"]
