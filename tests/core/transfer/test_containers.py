"""A file is what its first bytes say; whatever it holds, no more of it is read than is allowed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from core.errors import Fault, TransferError
from core.transfer.containers import SizeLimits
from core.transfer.reading import Reading, read_file
from core.transfer.report import Skipped, SkipReason, Source

SAMPLES = Path(__file__).parent / "samples"


def zip_of(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return path


def refusal(path: Path, *, limits: SizeLimits | None = None) -> TransferError:
    with pytest.raises(TransferError) as caught:
        read_file(path, limits=limits)
    assert caught.value.data["target"] == path.name
    return caught.value


def titles(reading: Reading) -> list[str]:
    return [tree.conversation.title for tree in reading.trees]


def test_the_parts_of_a_split_export_are_read_as_one(tmp_path: Path) -> None:
    [first, *others] = json.loads((SAMPLES / "chatgpt.json").read_bytes())
    second = {**first, "id": "2", "conversation_id": "2", "title": "Second"}
    path = zip_of(
        tmp_path / "export.bin",
        **{
            "conversations-000__json": json.dumps([first]).encode(),
            "conversations-001__json": json.dumps([second, *others]).encode(),
            "user__json": b'{"id": "user-1", "email": "a@a.example"}',
            "chat__html": b"<html>",
            "file-1__png": b"\x89PNG",
            "broken__json": b'[{"mapping"',
        },
    )
    reading = read_file(path)
    assert reading.sources == {Source.CHATGPT}
    assert titles(reading) == ["Longest river", "Second"]
    assert Skipped("broken.json", SkipReason.BROKEN_FILE) in reading.skipped
    assert Skipped("user.json", SkipReason.OTHER_DATA) in reading.skipped
    assert not any("html" in one.where or "png" in one.where for one in reading.skipped)


def test_the_conversations_of_several_programs_may_lie_in_one_list(tmp_path: Path) -> None:
    chats = [
        *json.loads((SAMPLES / "open_webui.json").read_bytes()),
        json.loads((SAMPLES / "librechat_flat.json").read_bytes()),
    ]
    path = tmp_path / "mixed.json"
    path.write_text(json.dumps(chats), encoding="utf-8")
    assert titles(read_file(path)) == ["Multiplying", "A fox"]


@pytest.mark.parametrize(
    "content",
    [b"", b"   ", b"{", b"[1, 2", b"42", b'"text"', b"\xff\xfe\x00", b"PK\x03\x04 no zip at all"],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged.json"
    path.write_bytes(content)
    assert refusal(path).fault is Fault.BROKEN_EXPORT


@pytest.mark.parametrize("content", [b"{}", b"[]", b"[1, [], null]", b'{"messages": []}'])
def test_a_file_of_no_known_form_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "unknown.json"
    path.write_bytes(content)
    assert refusal(path).fault is Fault.UNKNOWN_EXPORT


def test_a_zip_without_conversations_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", user__json=b"{}", a__txt=b"text")
    assert refusal(path).fault is Fault.UNKNOWN_EXPORT


def test_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    assert refusal(tmp_path / "missing.json").fault is Fault.FILE_UNREADABLE
    assert refusal(tmp_path).fault is Fault.FILE_UNREADABLE


def test_brackets_beyond_any_depth_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_bytes(b'[{"mapping": ' + b"[" * 200_000 + b"]" * 200_000 + b"}]")
    assert refusal(path).fault is Fault.BROKEN_EXPORT


def test_a_text_larger_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_bytes(b"[" + b" " * 1000 + b"]")
    assert refusal(path, limits=SizeLimits(text=1000)).fault is Fault.EXPORT_TOO_LARGE
    assert refusal(path, limits=SizeLimits(text=1002)).fault is Fault.UNKNOWN_EXPORT


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = b"[" + b" " * (30 * 1024**2)
    path = zip_of(tmp_path / "bomb.zip", bomb__json=bomb)
    assert path.stat().st_size < 40_000
    assert refusal(path).fault is Fault.EXPORT_TOO_LARGE


def test_many_small_texts_are_counted_together(tmp_path: Path) -> None:
    texts = {f"n{number}__json": b"[%s]" % (b" " * 1000) for number in range(10)}
    path = zip_of(tmp_path / "many.zip", **texts)
    assert refusal(path, limits=SizeLimits(unpacked=9000)).fault is Fault.EXPORT_TOO_LARGE
    assert refusal(path, limits=SizeLimits(members=9)).fault is Fault.BROKEN_EXPORT
    assert refusal(path, limits=SizeLimits(archive=100)).fault is Fault.EXPORT_TOO_LARGE


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "locked.zip", a__json=b"[]")
    content = bytearray(path.read_bytes())
    # The flag that says «encrypted», in the file's own header and in the directory.
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert refusal(path).fault is Fault.BROKEN_EXPORT


def test_progress_reaches_the_end_and_reading_can_be_cancelled(tmp_path: Path) -> None:
    chats = json.loads((SAMPLES / "open_webui.json").read_bytes()) * 5
    path = tmp_path / "five.json"
    path.write_text(json.dumps(chats), encoding="utf-8")
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    read_file(path, progress=tell)
    size = path.stat().st_size
    assert told == sorted(told)
    assert len(told) == 5
    assert told[-1] == (size, size)
    reading = read_file(path, is_cancelled=lambda: True)
    assert len(reading.trees) == 1
