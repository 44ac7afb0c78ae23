"""Values: numbers, measures, sums of money and times that the text states, made comparable."""

from service.pipeline.values.knowledge import Knowledge, load
from service.pipeline.values.placing import find_values

__all__ = ["Knowledge", "find_values", "load"]
