"""What the service does when things go wrong around it: real servers on loopback, bounded in requests and in time."""
