"""What the service costs: CPU time by stage, overhead of HTTP, memory, start-up; results are kept as data."""

import os

# as the server and the command line do, before numpy is loaded
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
