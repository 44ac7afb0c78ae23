"""A webhook of a CMS, as an example: each article that is published is checked against what is known of its story.

The CMS sends an article as ninjs to ``POST /articles/STORY`` when it is published, with the SHA-256 HMAC of the body,
made with the secret that both know, in ``X-Signature``. The receiver keeps the last articles of each story in memory,
asks Kroscek about them, and answers with the conflicts that the new article has a part in: the CMS shows them to the
editor. Python's standard library is all it needs.

    WEBHOOK_SECRET=… KROSCEK_URL=http://127.0.0.1:8000 KROSCEK_KEY=… python examples/webhook/receiver.py 9000
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import sys
import threading
import urllib.error
import urllib.request
from collections import OrderedDict, defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MOST_ARTICLES = 10
LONGEST_BODY = 2_000_000
SECONDS = 30


class Desk:
    """The stories that are followed: of each, the newest version of its last articles."""

    def __init__(self, url: str, key: str = "") -> None:
        self._url, self._key = url, key
        self._stories: defaultdict[str, OrderedDict[str, Any]] = defaultdict(OrderedDict)
        self._lock = threading.Lock()

    def publish(self, story: str, article: Any) -> list[dict[str, Any]]:
        """The conflicts between ``article`` and the others of its ``story``; raises HTTPError where it is refused."""
        with self._lock:
            known = self._stories[story]
            others = {uri: other for uri, other in known.items() if uri != article["uri"]}
        articles = [*others.values(), article][-MOST_ARTICLES:]
        answer = self._ask(articles)
        with self._lock:  # only what Kroscek has read is kept: one bad article must not spoil the story
            known[article["uri"]] = article
            known.move_to_end(article["uri"])
            while len(known) > MOST_ARTICLES:
                known.popitem(last=False)
        return [conflict for conflict in answer["conflicts"] if article["uri"] in articles_of(conflict)]

    def _ask(self, articles: list[Any]) -> Any:
        headers = {"Content-Type": "application/json", "Accept-Language": "id"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        body = json.dumps({"articles": articles}).encode()
        request = urllib.request.Request(f"{self._url}/v1/analyses", body, headers)
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return json.load(answer)


def articles_of(conflict: dict[str, Any]) -> set[str]:
    """The articles that ``conflict`` has evidence from."""
    return {evidence["article_id"] for position in conflict["positions"] for evidence in position["evidence"]}


def serve(desk: Desk, secret: str, port: int) -> ThreadingHTTPServer:
    """A server on ``port`` of this machine that takes articles signed with ``secret``."""

    class Receiver(BaseHTTPRequestHandler):
        timeout = SECONDS

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isdigit() or int(length) > LONGEST_BODY:
                return self._answer(413, {"detail": "The body is too long, or its length is missing."})
            body = self.rfile.read(int(length))
            signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
            if not hmac.compare_digest(signature.encode(), self.headers.get("X-Signature", "").encode("latin-1")):
                return self._answer(401, {"detail": "The signature is not that of the body."})
            path = re.fullmatch(r"/articles/([\w-]{1,100})", self.path)
            if path is None:
                return self._answer(404, {"detail": "Articles go to /articles/STORY."})
            try:
                article = json.loads(body)
                if not isinstance(article["uri"], str):
                    raise TypeError
            except (ValueError, KeyError, TypeError):
                return self._answer(422, {"detail": "The body is not a ninjs item with a uri."})
            try:
                return self._answer(200, {"conflicts": desk.publish(path[1], article)})
            except urllib.error.HTTPError as error:
                # a refusal is the article's fault, all else is not
                return self._answer(422 if error.code == 422 else 502, json.load(error))
            except OSError as error:
                return self._answer(502, {"detail": f"Kroscek cannot be reached: {error}"})

        def _answer(self, status: int, message: Any) -> None:
            content = json.dumps(message, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return ThreadingHTTPServer(("127.0.0.1", port), Receiver)


if __name__ == "__main__":
    desk = Desk(os.environ.get("KROSCEK_URL", "http://127.0.0.1:8000"), os.environ.get("KROSCEK_KEY", ""))
    serve(desk, os.environ["WEBHOOK_SECRET"], int(sys.argv[1])).serve_forever()
