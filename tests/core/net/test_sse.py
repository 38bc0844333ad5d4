from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import Fault, ResponseFormatError
from core.net.sse import ServerSentEvent, SSEDecoder

MEGABYTE = 1024 * 1024


def decode(*chunks: bytes) -> list[ServerSentEvent]:
    decoder = SSEDecoder()
    return [event for chunk in chunks for event in decoder.feed(chunk)]


def data_of(*chunks: bytes) -> list[str]:
    return [event.data for event in decode(*chunks)]


def pieces(stream: bytes, size: int) -> Iterator[bytes]:
    return (stream[start : start + size] for start in range(0, len(stream), size))


def by_the_standard(stream: bytes) -> list[tuple[str, str, str]]:
    """Follow the standard's algorithm word by word over a whole stream."""
    text = stream.decode("utf-8", "replace").removeprefix("\ufeff")
    *lines, _unfinished = re.split(r"\r\n|\n|\r", text)
    events = []
    data, kind, last_id = "", "", ""
    for line in lines:
        if line == "":
            if data != "":
                events.append((kind or "message", data[:-1], last_id))
            data, kind = "", ""
            continue
        if line.startswith(":"):
            continue
        field, colon, value = line.partition(":")
        if colon and value.startswith(" "):
            value = value[1:]
        if field == "event":
            kind = value
        elif field == "data":
            data += value + "\n"
        elif field == "id" and "\0" not in value:
            last_id = value
    return events


FRAGMENTS = [
    b"data", b"data:", b"data: ", b"data:  ", b"event: ", b"event:", b"id: ", b"id", b"retry: 5",
    b"retry: x", b":", b": comment", b"unknown: 1", b"Data: x", b" data: x", b"\n", b"\n\n", b"\r",
    b"\r\n", b"\r\n\r\n", b"\0", b"\xef\xbb\xbf", b"x", b":x", b"{}", "Привет 🌍".encode(), b"\xff",
    b"\xe2\x82", b"\xf0\x9f", b"\xd0", "\u2028\u0085".encode(), b"\x0b\x0c\x1c",
]  # fmt: skip
streams = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(b"".join)


@given(stream=streams, cuts=st.lists(st.integers(0, 300), max_size=12))
@settings(max_examples=600, deadline=None)
@example(stream=b"\xef\xbb\xbfdata: a\r\n\r\ndata: b\r\r", cuts=[1, 2, 10, 11, 12, 13])
@example(stream=b"event: a\n\ndata: b\n\n", cuts=[])
def test_any_split_gives_the_events_of_the_standard(stream: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(cut for cut in cuts if cut < len(stream)), len(stream)]
    chunks = [stream[a:b] for a, b in itertools.pairwise(edges)]
    expected = by_the_standard(stream)
    assert [(e.event, e.data, e.id) for e in decode(*chunks)] == expected
    assert [(e.event, e.data, e.id) for e in decode(*pieces(stream, 1))] == expected


@given(stream=streams, size=st.integers(1, 9))
@settings(max_examples=300, deadline=None)
def test_strays_and_leftover_do_not_depend_on_the_split(stream: bytes, size: int) -> None:
    whole, cut = SSEDecoder(), SSEDecoder()
    list(whole.feed(stream))
    for chunk in pieces(stream, size):
        list(cut.feed(chunk))
    assert (whole.stray, whole.leftover(), whole.retry) == (cut.stray, cut.leftover(), cut.retry)


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"data: a\n\n", ["a"]),
        (b"data:a\n\n", ["a"]),
        (b"data:  a\n\n", [" a"]),
        (b"data:\ta\n\n", ["\ta"]),
        (b"data: a \n\n", ["a "]),
        (b"data\n\n", [""]),
        (b"data:\n\n", [""]),
        (b"data\ndata\n\n", ["\n"]),
        (b"data: a\ndata\ndata: b\n\n", ["a\n\nb"]),
        (b"data: a\r\rdata: b\r\n\r\n", ["a", "b"]),
        (b": comment\ndata: a\n: another\n\n", ["a"]),
        (b"event: ping\n\n", []),
        (b"DATA: a\n\n", []),
        (b"data : a\n\n", []),
        (b"dataset: a\n\n", []),
        (b"data: a\xe2\x80\xa8b\n\n", ["a\u2028b"]),
        (b"data: a: b\n\n", ["a: b"]),
        (b"\n\n\ndata: a\n\n\n\n", ["a"]),
        (b"data: \xff\xfe\n\n", ["\ufffd\ufffd"]),
        (b"data: a", []),
        (b"data: a\n", []),
        (b"", []),
    ],
)
def test_data(stream: bytes, expected: list[str]) -> None:
    assert data_of(stream) == expected


def test_an_event_keeps_its_type_only_for_itself() -> None:
    first, second = decode(b"event: done\ndata: 1\n\ndata: 2\n\n")
    assert (first.event, second.event) == ("done", "message")


def test_a_type_without_data_is_forgotten() -> None:
    assert [event.event for event in decode(b"event: done\n\ndata: 2\n\n")] == ["message"]


def test_the_last_type_of_an_event_counts() -> None:
    assert [event.event for event in decode(b"event: a\ndata: 1\nevent: b\n\n")] == ["b"]


def test_an_id_stays_until_the_next_one() -> None:
    events = decode(b"id: 7\ndata: 1\n\ndata: 2\n\nid\ndata: 3\n\n")
    assert [event.id for event in events] == ["7", "7", ""]


def test_an_id_with_nul_is_ignored() -> None:
    assert [event.id for event in decode(b"id: 7\nid: 8\x00\ndata: 1\n\n")] == ["7"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1500", 1500),
        ("0", 0),
        ("007", 7),
        ("-1", None),
        ("1.5", None),
        ("", None),
        ("٣", None),
        ("9" * 5000, None),
    ],
)
def test_retry_takes_digits_only(value: str, expected: int | None) -> None:
    decoder = SSEDecoder()
    assert list(decoder.feed(f"retry: {value}\n".encode())) == []
    assert decoder.retry == expected


def test_a_byte_order_mark_is_dropped_only_at_the_very_start() -> None:
    mark = b"\xef\xbb\xbf"
    assert data_of(mark + b"data: 1\n\n") == ["1"]
    assert data_of(*pieces(mark + b"data: 1\n\n", 1)) == ["1"]
    assert data_of(mark + mark + b"data: 1\n\n") == []
    assert data_of(b"data: 1\n\n" + mark + b"data: 2\n\n") == ["1"]


def test_an_event_is_there_as_soon_as_its_end_is() -> None:
    decoder = SSEDecoder()
    assert [event.data for event in decoder.feed(b"data: a\r\r")] == ["a"]
    assert [event.data for event in decoder.feed(b"\ndata: b\n\n")] == ["b"]


def test_characters_split_over_chunks_are_kept() -> None:
    stream = "data: Привет 🌍\n\n".encode()
    for size in range(1, 9):
        assert data_of(*pieces(stream, size)) == ["Привет 🌍"]


def test_lines_that_are_no_fields_are_kept_with_their_event() -> None:
    decoder = SSEDecoder()
    stream = b'data: 1\n\ndata: "a"\nSecond\nx: y\n\ndata: 3\n\n{"status":1}\n'
    seen = [(event.data, len(decoder.stray)) for event in decoder.feed(stream)]
    assert seen == [("1", 0), ('"a"', 2), ("3", 2)]
    assert decoder.stray == ["Second", "x: y", '{"status":1}']


def test_what_the_end_cut_off_is_left_over() -> None:
    decoder = SSEDecoder()
    assert list(decoder.feed(b"data: 1\n\nevent: e\ndata: 2\nstray\ndata: 3\xd0")) != []
    assert decoder.leftover() == "event: e\ndata: 2\ndata: 3\ufffd"
    assert decoder.stray == ["stray"]


def test_a_whole_body_without_newline_is_left_over() -> None:
    decoder = SSEDecoder()
    for chunk in pieces(b'\xef\xbb\xbf{"status":"success"}', 4):
        assert list(decoder.feed(chunk)) == []
    assert decoder.leftover() == '{"status":"success"}'
    assert decoder.stray == []


def test_nothing_is_left_over_after_a_whole_event() -> None:
    decoder = SSEDecoder()
    assert len(list(decoder.feed(b"event: a\ndata: 1\n\n"))) == 1
    assert decoder.leftover() == ""


def too_large(chunks: Iterable[bytes], decoder: SSEDecoder | None = None) -> ResponseFormatError:
    decoder = decoder or SSEDecoder()
    with pytest.raises(ResponseFormatError) as caught:
        list(itertools.chain.from_iterable(map(decoder.feed, chunks)))
    assert caught.value.fault is Fault.ANSWER_TOO_LARGE
    return caught.value


@pytest.mark.parametrize("size", [64 * 1024, 20 * MEGABYTE])
def test_a_line_may_have_8_mb_and_not_a_byte_more(size: int) -> None:
    line = b"data: " + b"x" * (8 * MEGABYTE - 6)
    assert [len(data) for data in data_of(*pieces(line + b"\n\n", size))] == [8 * MEGABYTE - 6]
    error = too_large(pieces(line + b"y\n\n", size))
    assert error.data["megabytes"] == 8


def test_a_line_without_end_is_given_up() -> None:
    too_large(b"x" * 65536 for _ in range(1000))


def test_events_before_a_line_that_is_too_long_are_given() -> None:
    decoder = SSEDecoder(max_line=20)
    events = decoder.feed(b"data: 1\n\ndata: " + b"x" * 20 + b"\n\n")
    assert next(events).data == "1"
    with pytest.raises(ResponseFormatError):
        next(events)


@pytest.mark.parametrize("line", [b"data: xxxxxxxxxxx\n", b"event: a\n", b"id: 1\n", b"retry: 1\n"])
def test_an_event_without_end_is_given_up(line: bytes) -> None:
    too_large(pieces(line * 1000, 100), SSEDecoder(max_event=2000))


def test_strays_without_end_are_given_up() -> None:
    too_large(pieces(b"stray\n" * 1000, 100), SSEDecoder(max_event=2000))


def test_events_of_any_number_and_comments_of_any_size_pass() -> None:
    decoder = SSEDecoder(max_line=100, max_event=100)
    for _ in range(100):
        assert len(list(decoder.feed(b": heartbeat\n" * 20 + b"data: 1\n\n"))) == 1


def seconds_for(stream: bytes, size: int) -> float:
    decoder = SSEDecoder(max_line=64 * MEGABYTE, max_event=64 * MEGABYTE)
    started = time.process_time()
    for chunk in pieces(stream, size):
        list(decoder.feed(chunk))
    return time.process_time() - started


def test_time_grows_in_step_with_a_long_line() -> None:
    quarter = seconds_for(b"data: " + b"x" * (2 * MEGABYTE) + b"\n\n", 7)
    whole = seconds_for(b"data: " + b"x" * (8 * MEGABYTE) + b"\n\n", 7)
    assert whole < 8 * quarter  # 16 if it were quadratic


def test_a_hundred_thousand_tiny_events_in_one_chunk_are_quick() -> None:
    body = b"data: x\n\n" * 100_000
    started = time.process_time()
    assert len(decode(body)) == 100_000
    assert time.process_time() - started < 2


@given(
    st.lists(st.sampled_from([b"data: x\n\n", b"data:y\n\n", b": c\n\n", *FRAGMENTS]), max_size=12)
)
@example([b"data: a\r", b"data: x\n\n", b"\ndata: b\n\n"])
@example([b"\xef\xbb\xbf", b"data: x\n\n"])
def test_a_plain_chunk_read_by_itself_is_read_as_in_any_stream(chunks: list[bytes]) -> None:
    decoder = SSEDecoder()
    found: list[str] = []
    for chunk in chunks:
        plain = decoder.plain_data(chunk)
        if plain is None:
            found += [event.data for event in decoder.feed(chunk)]
        else:
            found.append(plain)
    assert found == data_of(*chunks)


def test_a_plain_chunk_is_told_from_what_only_looks_like_one() -> None:
    decoder = SSEDecoder()
    assert decoder.plain_data(b"data: at the start there may be a mark\n\n") is None
    assert list(decoder.feed(b": begin\n\n")) == []
    assert decoder.plain_data(b"data: x\n\n") == "x"
    for chunk in (b"data: x\n", b"data: x\n\ndata: y\n\n", b"data: x\r\n\n", b"event: x\n\n", b""):
        assert decoder.plain_data(chunk) is None
