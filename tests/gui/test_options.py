"""What the window can be told when it is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from gui.options import WindowOptions, parse_window_options


def test_nothing_need_be_told() -> None:
    assert parse_window_options([]) == WindowOptions()


def test_every_option_is_understood(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    arguments = [
        *("--provider", "https://chat.example/page", "--model", "m", "--system", "Be brief"),
        *("--proxy", "socks5h://user:word@127.0.0.1:1080", "--timeout", "7.5"),
        *("--screenshot", str(picture), "--ask", "Hello", "--theme", "dark"),
        *("--language", "ru", "--size", "900x700", "--data-dir", str(tmp_path)),
    ]
    assert parse_window_options(arguments) == WindowOptions(
        provider="https://chat.example/page",
        model="m",
        system="Be brief",
        proxy="socks5h://user:word@127.0.0.1:1080",
        timeout=7.5,
        screenshot=picture,
        ask="Hello",
        theme="dark",
        language="ru",
        size=(900, 700),
        data_dir=tmp_path,
    )


def test_demo_is_a_provider() -> None:
    assert parse_window_options(["--demo"]) == parse_window_options(["--provider", "DEMO"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["--size", "900"],
        ["--size", "0x0"],
        ["--size", "99999x700"],
        ["--theme", "pink"],
        ["--language", "xx"],
        ["--timeout", "inf"],
        ["--proxy", "127.0.0.1:1080"],
        ["--provider", "example.org"],
        ["--provider", "http://[broken"],
        ["--provider", "http://host:99999"],
        ["--screenshot", ""],
        ["--screenshot", "/no/such/folder/picture.png"],
        ["--ask", " "],
        ["--dem"],
        ["surplus"],
    ],
)
def test_what_cannot_be_is_wrong_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_window_options(arguments)
    assert caught.value.code == 2
    assert "beseda: error:" in capsys.readouterr().err
