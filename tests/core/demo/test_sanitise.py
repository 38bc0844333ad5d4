"""What each release does to a question and to its history before the model sees them."""

from __future__ import annotations

import json

import pytest
from helpers.raw_visitor import Visitor, visiting

from core.demo import Scenario, Version
from core.demo.sanitise import Turn

OLD, MIDDLE, NEW = Version.V1_8_68, Version.V1_8_93, Version.V1_9_18


async def seen(message: str, version: Version) -> str:
    async with visiting(Scenario(version=version, speed=0)) as visitor:
        await visitor.ask(message)
        return visitor.site.prompts[-1][-1][1]


async def turns(visitor: Visitor, entries: object) -> list[Turn]:
    history = entries if isinstance(entries, str) else json.dumps(entries, ensure_ascii=False)
    await visitor.ask("again", wpaicg_chat_history=history)
    return list(visitor.site.prompts[-1][1:-1])


@pytest.mark.parametrize(
    ("sent", "old", "middle", "new"),
    [
        ("one\ntwo\r\n\r\n- a\n    b\tc", "one two - a b c", "one two - a b c", None),
        ("  hi  ", "hi", "hi", "hi"),
        ("<b>x</b> y", "x y", "x y", None),
        ("a <script>alert(1)</script> b", "a b", "a b", None),
        ("a < b", "a < b", "a < b", None),
        ("a < b && c > d", "a < b && c > d", "a < b && c > d", None),
        ("1<2", "1&lt;2", "1&lt;2", None),
        ("x %41%20 y", "x y", "x y", None),
        ("&lt;b&gt;", "&lt;b&gt;", "&lt;b&gt;", None),
        ('say "it\'s" \\n', 'say \\"it\\\'s\\" \\\\n', None, None),
        ("a\u2028b\xa0\xa0c 🌍 Привет", None, None, None),
    ],
)
async def test_a_question_on_its_way_to_the_model(
    sent: str, old: str | None, middle: str | None, new: str | None
) -> None:
    for version, expected in ((OLD, old), (MIDDLE, middle), (NEW, new)):
        assert await seen(sent, version) == (sent if expected is None else expected)


@pytest.mark.parametrize("version", [OLD, MIDDLE, NEW])
@pytest.mark.parametrize("length", [20_000, 2_000_000])
async def test_a_long_question_is_passed_on_whole(version: Version, length: int) -> None:
    assert len(await seen("x" * length, version)) == length


@pytest.mark.parametrize("version", [OLD, MIDDLE, NEW])
async def test_a_history_gives_the_earlier_turns(version: Version) -> None:
    async with visiting(Scenario(version=version, speed=0)) as visitor:
        assert await turns(visitor, ["Human: I am Ann", "AI: Hello Ann."]) == [
            ("user", "I am Ann"),
            ("assistant", "Hello Ann."),
        ]
        assert await turns(visitor, ["Human: x", "AI: note AI: inside; Human: inside"]) == [
            ("user", "x"),
            ("assistant", "note inside; Human: inside"),
        ]
        assert len(await turns(visitor, ["Human: x", "AI: y"] * 30)) == 60
        assert await turns(visitor, ["Human: again"]) == [("user", "again")]
        safe = "say ”hi” ＜b>\u20282 ％41 ＼n 100%"
        assert await turns(visitor, [f"Human: {safe}"]) == [("user", safe)]


@pytest.mark.parametrize("version", [OLD, MIDDLE, NEW])
async def test_a_history_is_damaged_or_lost_by_what_it_cannot_carry(version: Version) -> None:
    async with visiting(Scenario(version=version, speed=0)) as visitor:
        assert await turns(visitor, ['Human: say "hi"']) == []
        assert await turns(visitor, ["Human: one\ntwo"]) == [("user", "onentwo")]
        assert await turns(visitor, r'["Human: \u041f"]') == [("user", "u041f")]
        assert await turns(visitor, ["Human: if a <b"]) == []
        assert await turns(visitor, ["Human: %41b"]) == [("user", "b")]
        assert await turns(visitor, "no JSON") == []
        assert await turns(visitor, {"no": "list"}) == []


async def test_objects_in_a_history_crash_the_oldest_release_alone() -> None:
    history = json.dumps([{"id": "1", "text": "Human: I am Ann"}])
    for version in (OLD, MIDDLE, NEW):
        async with visiting(Scenario(version=version, speed=0)) as visitor:
            answer = await visitor.ask("again", wpaicg_chat_history=history)
            if version is OLD:
                assert answer.status == 500
                assert "critical error" in answer.text
            else:
                assert visitor.site.prompts[-1][1] == ("user", "I am Ann")


async def test_bytes_that_are_no_utf8_are_not_taken_by_releases_that_sanitise() -> None:
    for version in (OLD, NEW):
        async with visiting(Scenario(version=version, speed=0)) as visitor:
            body = f"action=wpaicg_chat_shortcode_message&_wpnonce={await visitor.nonce()}"
            answer = await visitor.fetch(
                "POST",
                visitor.ajax,
                data=f"{body}&message=a%FFb",
                headers={"Content-Type": "application/x-www-form-urlencoded"},
            )
            if version is OLD:
                assert "nothing was inputted" in answer.text
            else:
                assert visitor.site.prompts[-1][-1] == ("user", "a\ufffdb")
            assert visitor.site.questions[-1].text == "a\ufffdb"


async def test_a_multipart_form_is_read_too() -> None:
    async with visiting(Scenario(version=NEW, speed=0)) as visitor:
        nonce = await visitor.nonce()
        part = '--X\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        fields = {"action": "wpaicg_chat_shortcode_message", "_wpnonce": nonce, "message": "a\nb"}
        body = "".join(part.format(name, value) for name, value in fields.items()) + "--X--\r\n"
        kind = {"Content-Type": "multipart/form-data; boundary=X"}
        await visitor.fetch("POST", visitor.ajax, data=body, headers=kind)
        assert visitor.site.prompts[-1][-1] == ("user", "a\nb")
