"""Files go with a question: pictures as pictures, texts in its words, the rest not at all."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.attachments import (
    LARGEST_FILE,
    LARGEST_TEXT,
    attachment_from,
    clean_name,
    data_url,
    decoded,
    images_of,
    in_words,
    refuse_images,
    text_with_files,
)
from core.errors import AttachmentError, Fault, ProviderError
from core.models import Attachment, Message, Role
from core.sentences import sentence
from core.transfer.fences import blocks

PNG = b"\x89PNG\r\n\x1a\n\0\1"
PICTURE = Attachment("cat.png", "image/png", PNG)


def asked(*attachments: Attachment, text: str = "Look:") -> Message:
    return Message(Role.USER, text, attachments=attachments)


def test_words_without_files_stay_as_they_are() -> None:
    assert text_with_files(asked()) == "Look:"
    assert text_with_files(asked(PICTURE)) == "Look:"


def test_a_text_file_stands_before_the_words_with_its_name() -> None:
    file = attachment_from("/home/me/run.py", b"print(1)\n")
    assert text_with_files(asked(file, PICTURE)) == "run.py:\n```py\nprint(1)\n```\n\nLook:"


def test_a_file_that_does_not_end_its_last_line_ends_before_the_fence() -> None:
    file = attachment_from("a b", b"x\r\ny")
    assert text_with_files(asked(file)) == "a b:\n```\nx\ny\n```\n\nLook:"


@given(text=st.text(st.sampled_from("`~ \nab"), max_size=60))
def test_no_file_gets_out_of_its_fence(text: str) -> None:
    words = text_with_files(asked(attachment_from("f.md", text.encode()), text="Q"))
    _, file, question = blocks(words)
    assert (file.is_code, file.open_fence) == (True, "")
    assert file.text == text.removesuffix("\n")
    assert question.text.strip() == "Q"


def test_texts_are_kept_as_utf_8() -> None:
    for content in ("Ёж".encode("utf-8-sig"), "Ёж".encode("utf-16")):
        assert attachment_from("a.txt", content).data == "Ёж".encode()


@pytest.mark.parametrize("data", [b"\x7fELF\0\0", b"\xff\xfe\xff", "Ёж".encode("cp1251"), b"a\0b"])
def test_what_is_neither_picture_nor_text_is_refused(data: bytes) -> None:
    with pytest.raises(AttachmentError) as caught:
        attachment_from("prog.bin", data)
    assert "“prog.bin”" in sentence(caught.value)


def test_a_file_beyond_the_limits_is_refused() -> None:
    for data, megabytes in ((b"a" * (LARGEST_TEXT + 1), 1), (PNG + bytes(LARGEST_FILE), 20)):
        with pytest.raises(AttachmentError) as caught:
            attachment_from("big", data)
        assert caught.value.fault is Fault.ATTACHMENT_TOO_LARGE
        assert caught.value.data["megabytes"] == megabytes
    assert len(attachment_from("big", b"a" * LARGEST_TEXT).data) == LARGEST_TEXT


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("C:\\Users\\me\\a.txt", "a.txt"),
        ("../../etc/passwd", "passwd"),
        ("a\n```\nb.md", "a b.md"),
        ("\x1f.", "file"),
        ("folder/..", "folder"),
        ("", "file"),
        ("\ud800.png", "\N{REPLACEMENT CHARACTER}.png"),
    ],
)
def test_a_name_is_one_line_without_folders(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@given(name=st.text(st.sampled_from("./\\ `a\n\ud800")) | st.text())
def test_a_clean_name_stays_as_it_is(name: str) -> None:
    assert clean_name(clean_name(name)) == clean_name(name)


def test_a_long_name_keeps_its_end() -> None:
    name = clean_name("x" * 500 + ".jpeg")
    assert len(name) == 120
    assert name.endswith(".jpeg")


def test_a_picture_becomes_a_data_url() -> None:
    head, _, content = data_url(PICTURE).partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(content) == PNG
    assert images_of(asked(PICTURE, attachment_from("a.txt", b"a"))) == (PICTURE,)


def test_a_service_of_words_gets_files_in_words_and_refuses_pictures() -> None:
    file = attachment_from("a.txt", b"a\n")
    plain, with_file = in_words([asked(), asked(file)])
    assert plain is not None
    assert (with_file.text, with_file.attachments) == ("a.txt:\n```txt\na\n```\n\nLook:", ())
    for refuse in (refuse_images, in_words):
        with pytest.raises(ProviderError) as caught:
            refuse([asked(PICTURE), asked()])
        assert caught.value.fault is Fault.NO_IMAGES
        assert not caught.value.retryable


def test_only_what_can_be_an_attachment_is_read_back() -> None:
    content = base64.b64encode(PNG).decode()
    assert decoded("cat.png", "image/png", content) == PICTURE
    assert decoded("cat.png", "text/plain", content) is None
    assert decoded("cat.svg", "image/svg+xml", base64.b64encode(b"<svg/>").decode()) is None
    assert decoded("cat.png", "image/png", "no base64!") is None
    assert decoded("x", "text/plain", base64.b64encode(b"\0\1").decode()) is None
