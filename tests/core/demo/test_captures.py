"""What real sites answered, the demo site answers too: byte for byte but for ids and names."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from helpers.raw_visitor import Visitor, visiting

from core.demo import Bot, Failure, Scenario, Version

CAPTURES = Path(__file__).parents[4] / "shared" / "protocol" / "captures"
GOOD_NONCES = {
    "1.8.68": (b"0d30f541cf", b"after-refresh"),
    "1.9.18": (b"0d30f541cf", b"after-refresh"),
    "2.3.69": (b"1da00d59cb", b""),
}
HEADERS = (
    "Content-Type",
    "Cache-Control",
    "Expires",
    "Pragma",
    "X-Robots-Tag",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "X-Frame-Options",
    "Transfer-Encoding",
)
FAILURES = {
    "upstream-400quote": Failure.UPSTREAM_400,
    "upstream-401": Failure.UPSTREAM_401,
    "upstream-429": Failure.UPSTREAM_429,
    "429-count": Failure.UPSTREAM_429,
    "upstream-429quota": Failure.UPSTREAM_QUOTA,
    "upstream-500": Failure.UPSTREAM_500,
    "upstream-502html": Failure.UPSTREAM_HTML,
    "upstream-refused": Failure.UPSTREAM_UNREACHABLE,
    "missing-api-key": Failure.NO_API_KEY,
    "token-limit-2": Failure.TOKEN_LIMIT,
    "token-limit-3": Failure.TOKEN_LIMIT,
    "banned-ip": Failure.BANNED_IP,
    "banned-word": Failure.BANNED_WORD,
    "midbreak": Failure.UPSTREAM_RESET,
    "midclose": Failure.UPSTREAM_CLOSED,
    "miderror": Failure.UPSTREAM_ERROR_EVENT,
    "no-done": Failure.NO_DONE,
    "finish-length": Failure.FINISH_LENGTH,
    "finish-content_filter": Failure.FINISH_CONTENT_FILTER,
    "usage-chunk-empty-choices": Failure.USAGE_CHUNK,
}
OTHER_WORDS = {
    "upstream-401empty": "another wording of the same error",
    "escaped-upstream": "a model that escapes its own JSON",
    "unlisted-model": "the old endpoint, which the plugin asks without a prompt",
}
NAMES = (
    (rb"chatcmpl-\w+", b"chatcmpl"),
    (rb'"created":\d+', b'"created":0'),
    (rb'"model":"[^"]*"', b'"model":""'),
    (rb'"system_fingerprint":"\w+"', b'"system_fingerprint":""'),
    (rb'Current context: \\"(?!Bot page)[^"]*\\"', b"Current context"),
    (rb"aipkit-msg-[0-9a-f]{14}\.\d{8}", b"streamed-message"),
    (rb"aipkit-msg-[0-9a-f]{22}", b"whole-message"),
    (rb"resp_\w+", b"resp"),
    (rb"id: err-\d{10}\n", b"id: err\n"),
    (rb"aipkit_sse_\w{32}", b"key"),
    (rb'"nonce":"[0-9a-f]{10}"', b'"nonce":""'),
    (rb"connect to [\w.]+ port \d+", b"connect"),
)

pytestmark = pytest.mark.skipif(
    not CAPTURES.is_dir(), reason="the recorded answers are not part of the project"
)


@dataclass(frozen=True)
class Recording:
    """One request and its answer."""

    version: str
    name: str

    @property
    def case(self) -> str:
        return re.sub("^(json|stream)-", "", self.name)

    def request(self) -> tuple[str, str, dict[str, str], bytes]:
        head, _, body = self._read("req").partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        method, target, _ = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines)
        kept = {name: headers[name] for name in ("Content-Type", "Origin") if name in headers}
        return method, target, kept, body

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        head, _, body = self._read("http").partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        return int(first.split(" ")[1]), dict(line.split(": ", 1) for line in lines), body

    def _read(self, suffix: str) -> bytes:
        return (CAPTURES / self.version / f"{self.name}.{suffix}").read_bytes()


def recordings() -> list[Recording]:
    return [
        Recording(path.parent.name, path.stem)
        for path in sorted(CAPTURES.glob("*/*.http"))
        if Recording(path.parent.name, path.stem).case not in OTHER_WORDS
    ]


def deltas_of(body: bytes) -> list[str]:
    """The model's words of a recorded stream, or of a recorded JSON answer."""
    text = r'("(?:[^"\\]|\\.)*")'
    found = re.findall(r'"index":0,"delta":{"content":' + text, body.decode())
    found = found or re.findall(f'"(?:delta|reply|data)":{text}', body.decode())
    return [text for text in map(json.loads, found) if text]


def plain(body: bytes) -> bytes:
    for pattern, name in NAMES:
        body = re.sub(pattern, name, body)
    return body


def scenario_for(recording: Recording) -> Scenario:
    stream = not recording.name.startswith(("json-", "custombot-json"))
    return Scenario(
        version=Version(recording.version),
        speed=0,
        stream=stream,
        failure=FAILURES.get(recording.case),
        bots=(Bot(id=6, post_id=7, path="/botpage", stream=stream),),
    )


async def replay(visitor: Visitor, recording: Recording) -> tuple[int, object, bytes]:
    """Send the recorded request, with a nonce and a cache key of now."""
    method, target, headers, body = recording.request()
    good, refreshed = GOOD_NONCES[recording.version]
    if recording.name.encode() == refreshed:
        good = re.findall(rb"_wpnonce=(\w+)", body)[0]
    nonce = await visitor.nonce()
    target = target.replace(good.decode(), nonce)
    body = body.replace(good, nonce.encode())
    key = dict(parse_qsl(target.partition("?")[2])).get("cache_key", "")
    if key and "unknown" not in recording.name:
        step = await visitor.cached("hi")
        live = str(re.findall(r"aipkit_sse_\w+", step.text)[0])
        target = target.replace(key, live)
        if "second-use" in recording.name:
            await visitor.fetch(method, visitor.site.url + target)
    got = await visitor.fetch(method, visitor.site.url + target, headers=headers, data=body)
    return got.status, got.headers, got.body


@pytest.mark.parametrize(
    "recording",
    recordings() if CAPTURES.is_dir() else [],
    ids=lambda recording: f"{recording.version}-{recording.name}",
)
async def test_a_recorded_request_gets_the_recorded_answer(recording: Recording) -> None:
    status, headers, body = recording.answer()
    async with visiting(scenario_for(recording)) as visitor:
        said = deltas_of(body)
        if recording.case in {"midbreak", "midclose", "miderror"}:
            # The recorded model knew more than it came to say.
            said = said * 2
        if "second-use" not in recording.name:
            visitor.site.answer(*said)
        got_status, got_headers, got_body = await replay(visitor, recording)
    assert got_status == status
    assert {name: got_headers.get(name) for name in HEADERS} == {
        name: headers.get(name) for name in HEADERS
    }
    assert plain(got_body) == plain(body)


@pytest.mark.parametrize("version", ["1.8.68", "1.9.18"])
async def test_the_lines_of_the_pages_tag_stand_in_the_recorded_one(version: str) -> None:
    recorded = (CAPTURES / version / "home-shortcode-tag.html").read_text()
    async with visiting(Scenario(version=Version(version))) as visitor:
        page = (await visitor.page()).text
        nonce = await visitor.nonce()
        url = visitor.site.url
    recorded = re.sub(r"http://127\.0\.0\.1:\d+", url, recorded).replace("0d30f541cf", nonce)
    tag = page[page.index('<div class="wpaicg') : page.index("</div>")]
    places = [recorded.splitlines().index(line) for line in tag.splitlines()]
    assert places == sorted(places)
    assert len(places) > 10


async def test_the_configuration_on_the_page_of_v2_is_part_of_the_recorded_one() -> None:
    recorded = json.loads((CAPTURES / "2.3.69" / "home-data-config.json").read_text())
    async with visiting(Scenario(version=Version.V2_3_69)) as visitor:
        found = re.search("data-config='([^']*)'", (await visitor.page()).text)
    assert found
    config = json.loads(html.unescape(found[1]))
    assert [key for key in recorded if key in config] == list(config)
    assert {key: type(recorded[key]) for key in config} == {
        key: type(value) for key, value in config.items()
    }
    assert config["botId"] == recorded["botId"]
    assert config["postId"] == recorded["postId"]
