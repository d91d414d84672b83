"""Answers cannot hurt: whatever a server sends, however slowly, it ends as a sentence, in bounded time and memory."""

import contextlib
import functools
import gzip
import json
import socket
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.errors import Certainty, WebflowUnavailable
from lib.webflow import reply
from lib.webflow.client import Webflow
from lib.webflow.reply import parsed
from lib.webflow.retry import RetryPolicy
from tests.builders import a_change
from tests.webflow.conftest import Script

ONCE = RetryPolicy(attempts=1)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
TALK = Callable[[socket.socket], None]
ID = "6" * 24
ODD_VALUES: tuple[Any, ...] = (None, True, 7, 1.5, "", "text", [], ["x"], {}, {"a": 1}, [[{}]])


@contextlib.contextmanager
def server(talk: TALK) -> Iterator[str]:
    """Reads a request and then does what `talk` does with the connection, for each connection anew."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                threading.Thread(target=converse, args=(connection,), daemon=True).start()

    def converse(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.recv(65_536)
            talk(connection)

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/v2"
    listening.close()


def drip(start: bytes) -> TALK:
    """A byte at a time, always before the timeout, for as long as anybody listens."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(start)
        pause = threading.Event()
        while not pause.wait(0.2):
            connection.sendall(b" ")

    return talk


@pytest.mark.parametrize(
    "start",
    [HEAD + b"Content-Length: 1000000\r\n\r\n", HEAD + b"\r\n", HEAD + b"X-Slow: ", b"HTTP/1.1 200 "],
    ids=["body of known length", "body of unknown length", "header", "status line"],
)
def test_a_drip_ends_when_the_whole_answer_takes_too_long(start: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBFLOW_TIMEOUT_SECONDS", "1")
    with (
        server(drip(start)) as url,
        Webflow("t", base_url=url, policy=ONCE) as webflow,
        pytest.raises(WebflowUnavailable, match="took too long to answer"),
    ):
        webflow.sites()


def test_an_answer_that_arrives_in_pieces_in_time_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def talk(connection: socket.socket) -> None:
        pause = threading.Event()
        body = b'{"sites": [] }'
        connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(body))
        for byte in body:
            pause.wait(0.01)
            connection.sendall(bytes([byte]))

    with server(talk) as url, Webflow("t", base_url=url, policy=ONCE) as webflow:
        assert webflow.sites() == ()


def chunked(pieces: Iterator[bytes]) -> TALK:
    def talk(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))

    return talk


def endless_text(connection: socket.socket) -> None:
    """200 MB of one text."""
    connection.sendall(HEAD + b'Content-Length: 200000000\r\n\r\n{"sites": "')
    for _ in range(200):
        connection.sendall(b"x" * 1_000_000)


@functools.cache
def packed_tightly(make: Callable[[], Any]) -> bytes:
    """Under a megabyte that becomes 600; made once, since it takes seconds."""
    packer, blank = make(), b" " * 1_000_000
    packed = b"".join(packer.compress(blank) for _ in range(600)) + packer.flush()
    assert len(packed) < 1_000_000
    return packed


def bomb(encoding: bytes, make: Callable[[], Any], status: bytes = b"200 OK", more: bytes = b"") -> TALK:
    def talk(connection: socket.socket) -> None:
        packed = packed_tightly(make)
        head = b"HTTP/1.1 " + status + b"\r\n" + more + b"Content-Encoding: " + encoding
        connection.sendall(head + b"\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed)

    return talk


def of_many(piece: bytes) -> TALK:
    """A list of 10 million small values: 30 MB on the wire, far more once they are objects."""

    def talk(connection: socket.socket) -> None:
        body = b'{"sites": [' + b",".join([piece] * 10_000_000) + b"]}"
        connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    return talk


def gzipper() -> Any:
    return zlib.compressobj(9, zlib.DEFLATED, 31)


CHILD = """
import sys, tracemalloc
from lib.errors import Certainty, WebflowUnavailable
from lib.webflow.client import Webflow
from lib.webflow.retry import RetryPolicy
tracemalloc.start()
try:
    Webflow("t", base_url=sys.argv[1], policy=RetryPolicy(attempts=1)).sites()
    print("read")
except WebflowUnavailable as error:
    print(str(error).split(":")[0])
print(tracemalloc.get_traced_memory()[1] // 1_000_000)
"""


@pytest.mark.parametrize(
    "talk",
    [
        endless_text,
        bomb(b"gzip", gzipper),
        bomb(b"deflate", lambda: zlib.compressobj(9)),
        bomb(b"gzip", gzipper, status=b"400 Bad Request"),
        bomb(b"gzip", gzipper, status=b"302 Found", more=b"Location: /elsewhere\r\n"),
        of_many(b"{}"),
    ],
    ids=["200 MB", "gzip bomb", "deflate bomb", "bomb as a refusal", "bomb as a redirect", "millions of objects"],
)
def test_no_answer_costs_much_memory(talk: TALK) -> None:
    with server(talk) as url:
        done = subprocess.run([sys.executable, "-c", CHILD, url], capture_output=True, text=True, check=True)
    said, grown = done.stdout.splitlines()
    assert said.startswith("The server at the configured address did not answer like Webflow")
    assert int(grown) < 110  # megabytes, of which the answer itself may take 32


def test_a_true_page_of_long_texts_is_read(script: Script, client: Webflow) -> None:
    items = [{"id": f"{n:024x}", "fieldData": {"body": "<p>" + "word, " * 20_000 + "</p>"}} for n in range(100)]
    script.answer(200, {"items": items, "pagination": {"total": 100}})
    assert len(list(client.items("c"))) == 100


def test_packed_answers_are_unpacked(script: Script) -> None:
    body = gzip.compress(b'{"sites": []}')

    def talk(connection: socket.socket) -> None:
        connection.sendall(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    with server(talk) as url, Webflow("t", base_url=url, policy=ONCE) as webflow:
        assert webflow.sites() == ()


@pytest.mark.parametrize(
    "body",
    ["<html>a web page</html>", '{"sites": [', "[" * 100_000, ["a list"], "", "null", '{"sites": [], "n": NaN}'],
    ids=["web page", "cut off", "bottomless", "list", "nothing", "null", "not a number"],
)
def test_a_success_that_is_not_webflows_is_tried_again_when_it_only_reads(
    script: Script, client: Webflow, body: object
) -> None:
    script.answer(200, body)
    script.answer(200, {"sites": []})
    assert client.sites() == ()


@pytest.mark.parametrize("body", ["<html>a web page</html>", '{"items": [', ["a list"]])
def test_several_of_them_are_said_in_words(script: Script, client: Webflow, body: object) -> None:
    script.answer(200, body)
    with pytest.raises(WebflowUnavailable, match=r"did not answer like Webflow \(status 200\)"):
        client.sites()
    assert len(script.asked) == 4


@pytest.mark.parametrize("body", ["<html>", '{"items": [{"id": ', {"items": ["odd"]}, {"items": [{"id": ["odd"]}]}])
def test_a_write_with_such_an_answer_is_in_doubt_and_never_repeated(
    script: Script, client: Webflow, body: object
) -> None:
    script.answer(200, body)
    with pytest.raises(WebflowUnavailable) as error:
        client.write_items("c", [a_change()])
    assert error.value.verdict.certainty is Certainty.UNCLEAR and error.value.status == 200
    assert len(script.asked) == 1


@pytest.mark.parametrize("entry", ["odd", 5, None, [], {}, {"id": ["x"]}, {"id": 7}, {"id": ""}, {"id": {"a": 1}}])
def test_entries_that_are_no_items_are_not_webflows(script: Script, client: Webflow, entry: object) -> None:
    script.answer(200, {"items": [entry], "pagination": {"total": 1}})
    with pytest.raises(WebflowUnavailable, match="something is missing"):
        list(client.items("c"))


@pytest.mark.parametrize("data", [["name"], "name", 5, True])
def test_values_that_are_no_object_are_not_webflows(script: Script, client: Webflow, data: object) -> None:
    script.answer(200, {"items": [{"id": ID, "fieldData": data}]})
    with pytest.raises(WebflowUnavailable, match="something is missing"):
        list(client.items("c"))


@given(
    some.dictionaries(
        some.sampled_from(["id", "cmsLocaleId", "fieldData", "isDraft", "createdOn", "displayName", "slug", "fields"]),
        some.sampled_from(ODD_VALUES),
    ),
    some.sampled_from(["site_from_json", "collection_from_json", "item_from_json"]),
)
def test_whatever_an_object_holds_it_is_read_or_refused(body: dict[str, Any], reader: str) -> None:
    from lib.webflow import wire

    with contextlib.suppress(KeyError, TypeError, AttributeError):
        found = getattr(wire, reader)({"id": ID} | body)
        assert isinstance(found.id, str) and found.id


@pytest.mark.parametrize("answer", ["<html>", {"publishedItemIds": 5}, {"publishedItemIds": [["x"]]}, {"errors": 7}])
def test_odd_answers_to_a_publish_are_in_doubt(script: Script, client: Webflow, answer: object) -> None:
    script.answer(202, answer)
    with pytest.raises(WebflowUnavailable) as error:
        client.publish_items("c", [(ID, None)])
    assert error.value.verdict.certainty is Certainty.UNCLEAR and len(script.asked) == 1


@pytest.mark.parametrize(
    "text",
    [
        '{"n": NaN}',
        '{"n": Infinity}',
        '{"n": -Infinity}',
        '{"n": 1e999}',
        '{"n": ' + "9" * 4000 + "}",
        '{"n": ' + "9" * 5000 + "}",
        '{"a":' * 60 + "1" + "}" * 60,
        "[" * 900 + "]" * 900,
        "\ufeffnot json",
        "",
    ],
)
def test_what_no_api_says_is_nothing(text: str) -> None:
    assert parsed(text.encode()) is None


def test_bytes_that_are_no_text_are_nothing() -> None:
    assert parsed(b'{"name": "\xff\xfe"}') is None


def test_half_a_character_is_marked_and_whole_ones_stay() -> None:
    body = parsed(rb'{"cut": "caf\u00e9 \ud83d", "whole": "\ud83d\ude00 \\ud83d"}')
    assert body == {"cut": "café \ufffd", "whole": "😀 \\ud83d"}
    json.dumps(body, ensure_ascii=False).encode()


json_values = some.recursive(
    some.none()
    | some.booleans()
    | some.integers(-(10**20), 10**20)
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    max_leaves=20,
)


@given(json_values)
def test_everything_an_api_says_is_read_as_it_is(value: Any) -> None:
    assert parsed(json.dumps(value).encode()) == value
    assert parsed(json.dumps(value, ensure_ascii=False).encode()) == value


def test_the_bounds_leave_room_for_the_longest_true_page() -> None:
    hundred_items = 100 * 60 * 4  # items, fields, values of an image
    assert 50 * hundred_items < reply.MOST_VALUES
