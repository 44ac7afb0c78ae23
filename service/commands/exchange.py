"""One request put to the service inside this process: what a client gets over HTTP, without a socket."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from service import settings
from service.app import create_app
from service.commands.articles import FileRequest, InputError

_ARTICLE = re.compile(r"/articles/(\d+)(.*)")


class Exchange:
    """The service in this process; the topics and questions of its answers are in ``language``."""

    def __init__(self, language: str) -> None:
        # nobody but this process asks, so what the environment says of a server's clients does not hold
        own = msgspec.structs.replace(
            settings.read(),
            log_level="error",
            host="127.0.0.1",
            api_keys="",
            api_keys_file="",
            rate_limit=0,
            redis_url="",
            trusted_proxies=0,
        )
        self._client = create_app(own).test_client()
        self._language = language

    def post(self, body: bytes) -> tuple[int, bytes]:
        """The status and the answer of ``POST /v1/analyses`` to ``body``, byte for byte."""
        headers = {"Accept-Language": self._language}
        response = self._client.post("/v1/analyses", data=body, content_type="application/json", headers=headers)
        return response.status_code, response.get_data()


def post_analyses(request: FileRequest, language: str) -> bytes:
    """The answer of ``POST /v1/analyses``, byte for byte; topics and questions are in ``language``.

    Raises InputError with every fault, each with the file that it is in, where the request is refused.
    """
    status, answer = Exchange(language).post(request.body)
    if status != 200:
        raise InputError(_explain(msgspec.json.decode(answer), request))
    return answer


def _explain(problem: dict[str, Any], request: FileRequest) -> str:
    lines = [problem["detail"]]
    for fault in problem.get("errors", ()):
        pointer = fault.get("pointer", "")
        article = _ARTICLE.fullmatch(pointer)
        if article and int(article[1]) < len(request.origins):
            pointer = f"{request.origins[int(article[1])]}: {article[2]}".rstrip(" :")
        if fault["detail"] != problem["detail"]:
            lines.append(f"  {pointer}: {fault['detail']}")
    return "\n".join(lines)
