"""gunicorn's configuration, from the settings of the environment: ``gunicorn --config deploy/gunicorn.conf.py``.

``python -m service.settings`` lists the variables that it reads.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

# before numpy is loaded, and so before the workers are forked: each worker has one core's worth of work already
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from service import memory

# likewise, and before there are threads
memory.prepare()

from gunicorn.arbiter import Arbiter  # noqa: E402
from gunicorn.config import Config  # noqa: E402
from gunicorn.glogging import Logger  # noqa: E402

import service.settings  # noqa: E402

_settings = service.settings.read()
_own_metrics_folder = None
# gunicorn says so to the server that is to take its place (SIGUSR2)
_takes_over = "GUNICORN_PID" in os.environ
_PREFIX = "kroscek-metrics-"
_given = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
# before prometheus_client is loaded, which looks for the variable then; the folder of the server before is its own
if _settings.metrics_port and (not _given or (_takes_over and Path(_given).name.startswith(_PREFIX))):
    _memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    _own_metrics_folder = tempfile.mkdtemp(prefix=_PREFIX, dir=_memory)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = _own_metrics_folder

import service.logging  # noqa: E402
from service import metrics  # noqa: E402
from service.worker import Worker  # noqa: E402

if _settings.metrics_port:
    metrics.prepare_folder(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]))


class _StructuredLogger(Logger):  # type: ignore[misc]
    """Sends what gunicorn says through the logs of the service. Requests are logged by the service itself."""

    def setup(self, cfg: Config) -> None:
        service.logging.configure(_settings.log_level)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.access_log.disabled = True


wsgi_app = "service.app:create_app()"
bind = _settings.address
logger_class = _StructuredLogger

# loaded once and shared: the workers are forked from a process that holds rules and models
preload_app = True
workers = _settings.workers
Worker.receive_seconds = _settings.receive_seconds
worker_class = Worker
threads = _settings.threads
worker_connections = 1000

timeout = _settings.timeout_seconds
graceful_timeout = _settings.graceful_seconds
keepalive = _settings.keepalive_seconds
max_requests = _settings.max_requests
max_requests_jitter = _settings.max_requests // 10

# the heartbeat file; on a disk that stalls, healthy workers would be taken for dead
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() and os.access("/dev/shm", os.W_OK) else None
control_socket_disable = True


def when_ready(server: Arbiter) -> None:
    """Keep the garbage collector off what was loaded, so that its memory pages stay shared; answer Prometheus."""
    memory.collect_seldom()
    if _settings.metrics_port:
        # the server that this one takes the place of still holds the port
        metrics.serve(_settings.metrics_host, _settings.metrics_port, wait=_takes_over)


def pre_exec(server: Arbiter) -> None:
    """Start the server that is to take the place of this one (SIGUSR2) as a module, as this one was started."""
    arguments = server.START_CTX["args"]
    # as a file, its folder would come first where modules are looked for, and gunicorn's own http before Python's
    if len(arguments) > 1 and Path(arguments[1]).parts[-2:] == ("gunicorn", "__main__.py"):
        arguments[1:2] = ["-m", "gunicorn"]


def post_worker_init(worker: Any) -> None:
    """Let threads take turns often, so that health checks are quick also while analyses are at work."""
    # A health check needs the interpreter about ten times, and each time waits for this long at least; with Python's
    # 5 ms it would take 50 ms and more. The CPU time of analyses does not change measurably down to here.
    sys.setswitchinterval(0.0001)


def child_exit(server: Arbiter, worker: Any) -> None:
    """Say that a worker is gone, which is no fault where it has served its number of requests."""
    server.log.info("worker %s exited", worker.pid)
    if _settings.metrics_port:
        metrics.forget_process(worker.pid)


def on_exit(server: Arbiter) -> None:
    """Leave nothing behind."""
    if _own_metrics_folder:
        shutil.rmtree(_own_metrics_folder, ignore_errors=True)
