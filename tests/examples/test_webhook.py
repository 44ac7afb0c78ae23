"""The example of a CMS webhook, against the real service."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import urllib.error
import urllib.request

import pytest

from examples.webhook import receiver
from service import keys
from service.app import create_app
from service.settings import Settings
from tests import serving

SECRET = "rahasia"
FIRST = "<p>Sebanyak 14 orang tewas akibat tanah longsor di Kabupaten Cianjur, Senin (5/1/2026).</p>"
SECOND = "<p>Tanah longsor di Kabupaten Cianjur, Senin (5/1/2026), menewaskan 16 orang, kata Bupati Rudi Hartono.</p>"


def item(name, html, **members):
    return {"uri": f"urn:nusa:{name}", "bodies": [{"contentType": "text/html", "value": html}],
            "firstCreated": "2026-01-05T19:00:00+07:00", "infoSources": [{"name": name}], **members}  # fmt: skip


@pytest.fixture(scope="module")
def address():
    key, entry = keys.make("cms")
    with serving.serve(create_app(Settings(log_level="error", api_keys=entry))) as port:
        server = receiver.serve(receiver.Desk(f"http://127.0.0.1:{port}", key), SECRET, 0)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


def publish(address, story, message, secret=SECRET):
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    request = urllib.request.Request(f"{address}{story}", body, {"X-Signature": signature})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_a_new_article_is_told_what_it_contradicts(address):
    assert publish(address, "/articles/longsor", item("nusa", FIRST)) == (200, {"conflicts": []})
    status, answer = publish(address, "/articles/longsor", item("mandala", SECOND))
    assert status == 200
    assert any(conflict["type"] == "quantity" for conflict in answer["conflicts"])
    # another story knows nothing of it, and a corrected version takes the place of the one before
    assert publish(address, "/articles/lain", item("mandala", SECOND)) == (200, {"conflicts": []})
    corrected = item("mandala", SECOND.replace("16", "14"))
    assert publish(address, "/articles/longsor", corrected) == (200, {"conflicts": []})


def test_what_is_refused_is_told_and_not_kept(address):
    publish(address, "/articles/salah", item("nusa", FIRST))
    status, answer = publish(address, "/articles/salah", item("mandala", SECOND, language="bahasa indonesia"))
    assert (status, answer["errors"][0]["pointer"]) == (422, "/articles/1/language")
    assert publish(address, "/articles/salah", item("mandala", SECOND))[0] == 200


@pytest.mark.parametrize(
    ("story", "message", "secret", "status"),
    [("/articles/a", item("nusa", FIRST), "salah", 401), ("/articles", item("nusa", FIRST), SECRET, 404),
     ("/articles/a", b"{", SECRET, 422), ("/articles/a", [], SECRET, 422), ("/articles/a", {"uri": 7}, SECRET, 422),],
)  # fmt: skip
def test_strangers_and_nonsense_are_sent_away(address, story, message, secret, status):
    assert publish(address, story, message, secret)[0] == status


def test_a_service_that_is_gone_is_told():
    desk = receiver.Desk("http://127.0.0.1:1")
    with pytest.raises(OSError, match="refused"):
        desk.publish("a", item("nusa", FIRST))
