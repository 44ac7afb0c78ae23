"""The service beside others: what an article costs each of them on this machine, in one run."""
