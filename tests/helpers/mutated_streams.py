"""Answers of services as they should never be: real ones, changed at random, the same each run."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncGenerator, Iterator, Sequence
from typing import Any

WORDS = (
    *(
        b"\n\n",
        b"\n",
        b"\r\n",
        b"\r",
        b"\0",
        b"\xff",
        b"\xf0\x9f",
        b"\xef\xbb\xbf",
        b"\xe2\x80\xa8",
    ),
    *(b"data:", b"data: ", b"event: error\n", b"event: done\n", b"id: 1\0\n", b": keep-alive\n\n"),
    *(b"retry: " + b"9" * 5000 + b"\n", b"data: [DONE]\n\n", b"[DONE]", b"data: [LIMITED]\n\n"),
    *(b"null", b"true", b"-1", b"1e999", b"9" * 400, b"9" * 5000, b'""', b"[]", b"{}", b'"', b"\\"),
    *(b"[" * 3000, b'{"a":' * 1500, b"\\ud83d", b"\\udf0d", b"\\u0000", b"0", b"-1", b"</think>"),
    *(b"<think>", b"<!DOCTYPE html><title>Just a moment</title>", b"data: {}\n\n", b"data: []\n\n"),
    b'data: {"error":{"message":"Too many requests, try again in 9s","code":429}}\n\n',
    b'data: {"choices":[]}\n\n',
    b'data: {"choices":[{"delta":{"content":"\\ud83d"}}]}\n\n',
    b'data: {"choices":[{"delta":{"content":null},"finish_reason":"length"}]}\n\n',
    b'data: {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"[[1"}}]}}]}\n\n',
    b'data: {"choices":[{"delta":{"tool_calls":[{"index":1e9,"function":{"name":{}}}]}}]}\n\n',
    b'data: {"usage":{"prompt_tokens":1e400,"completion_tokens":-9}}\n\n',
    b'data: {"type":"content_block_delta","delta":{"partial_json":"{"}}\n\n',
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 2**63, 2**200, 1e308, "", " ", "text", "\ud800", "\0"),
    *([], {}, [[]], [None], [{}], ["text"], {"": None}, {"message": 1}, {"text": "text"}),
    *("length", "error", "stop", "message_stop", "content_block_delta", "refusal", "[DONE]"),
    *({"error": {"error": {"error": ["no"]}}}, [{"delta": {"content": "text"}}], {"type": "error"}),
    json.loads("[" * 200 + "]" * 200),
)
_NEST = "a nest"


class MutatedStreams:
    """An endless supply of broken answers, made of good ones by the random numbers of a seed."""

    def __init__(self, samples: Sequence[bytes], *, seed: object) -> None:
        self._samples = samples
        self._random = random.Random(str(seed))  # noqa: S311 - not for secrets
        self._changes = (
            *(self._change_value, self._change_value, self._remove, self._repeat, self._insert),
            *(self._insert, self._flip, self._overwrite, self._splice, self._cut),
        )

    def body(self) -> bytes:
        """Return the next one."""
        body = self._random.choice(self._samples)
        for _ in range(self._random.choice((1, 1, 2, 3, 5))):
            body = self._random.choice(self._changes)(body)
        return body

    def pieces(self, body: bytes) -> Iterator[bytes]:
        """Yield `body` as a network may cut it; never an empty piece."""
        whole = len(body) + 1
        longest = self._random.choice((whole, whole, whole, 400, 400, 100, 100, 20))
        if self._random.random() < 0.02:
            longest = 2
        start = 0
        while start < len(body):
            end = start + self._random.randint(1, longest)
            yield body[start:end]
            start = end

    def _place(self, body: bytes) -> int:
        return self._random.randint(0, len(body))

    def _range(self, body: bytes) -> tuple[int, int]:
        start = self._place(body)
        return start, start + self._random.choice((1, 2, 8, 50, 300))

    def _remove(self, body: bytes) -> bytes:
        start, end = self._range(body)
        return body[:start] + body[end:]

    def _repeat(self, body: bytes) -> bytes:
        start, end = self._range(body)
        return body[:start] + body[start:end] * self._random.choice((2, 3, 20)) + body[end:]

    def _insert(self, body: bytes) -> bytes:
        place = self._place(body)
        return body[:place] + self._random.choice(WORDS) + body[place:]

    def _overwrite(self, body: bytes) -> bytes:
        start, end = self._range(body)
        return body[:start] + self._random.choice(WORDS) + body[end:]

    def _flip(self, body: bytes) -> bytes:
        changed = bytearray(body)
        for _ in range(min(len(body), self._random.choice((1, 4, 16)))):
            changed[self._random.randrange(len(body))] = self._random.randrange(256)
        return bytes(changed)

    def _splice(self, body: bytes) -> bytes:
        other = self._random.choice(self._samples)
        return body[: self._place(body)] + other[self._place(other) :]

    def _cut(self, body: bytes) -> bytes:
        return body[: self._place(body)]

    def _change_value(self, body: bytes) -> bytes:
        """Change one value in the JSON of one line, where the line still is JSON."""
        lines = body.split(b"\n")
        number = self._random.randrange(len(lines))
        start, brace, rest = lines[number].partition(b"{")
        try:
            document = [json.loads(brace + rest)]
        except (ValueError, RecursionError):
            return body
        container, key = self._random.choice(list(_places(document)))
        if isinstance(container, dict) and self._random.random() < 0.2:
            del container[key]
        else:
            container[key] = self._random.choice((*VALUES, _NEST, _NEST))
        try:
            text = json.dumps(document[0], ensure_ascii=self._random.random() < 0.5)
        except RecursionError:  # nested by a change before this one
            return body
        # About as deep as Python can go, which nobody notices but who is just there.
        depth = self._random.randint(900, 1000)
        text = text.replace(f'"{_NEST}"', "[" * depth + "]" * depth)
        lines[number] = start + text.encode("utf-8", "surrogatepass")
        return b"\n".join(lines)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a value of JSON: what it is in, and its key there."""
    waiting = [value]
    for container in waiting:
        for key in container if isinstance(container, dict) else range(len(container)):
            yield container, key
            if isinstance(container[key], dict | list):
                waiting.append(container[key])


class PiecesOfBody:
    """What a reader of an answer sees of a response, without a connection."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield the body as it comes."""
        for piece in self._pieces:
            yield piece
