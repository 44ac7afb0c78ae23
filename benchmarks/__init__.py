"""What the service costs: CPU time by stage, overhead of HTTP, memory, start-up; results are kept as data."""
