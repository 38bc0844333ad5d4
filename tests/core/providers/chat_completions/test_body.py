"""What is sent to ask for an answer."""

from __future__ import annotations

from core.errors import Fault, ProviderError
from core.models import Attachment, ChatRequest, Message, Parameters, Role
from core.providers.chat_completions.adaptation import (
    NO_CHANGES,
    Adaptation,
    changed,
    changes_from,
)
from core.providers.chat_completions.body import body_of, message_of

HI = Message(Role.USER, "hi")
PICTURE = Attachment("cat.png", "image/png", b"\x89PNG")


def test_only_what_was_set_is_sent() -> None:
    system = Message(Role.SYSTEM, "Be kind")
    assert body_of(ChatRequest(model="", messages=(system, HI)), "tiny") == {
        "model": "tiny",
        "messages": [
            {"role": "system", "content": "Be kind"},
            {"role": "user", "content": "hi"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def test_parameters_are_sent_under_their_names() -> None:
    parameters = Parameters(temperature=0.0, top_p=0.9, max_tokens=7, stop=("a", "b"), seed=0)
    body = body_of(ChatRequest(model="", messages=(HI,), parameters=parameters), "tiny")
    sent = {name: body[name] for name in ("temperature", "top_p", "max_tokens", "stop", "seed")}
    assert sent == {
        "temperature": 0.0,
        "top_p": 0.9,
        "max_tokens": 7,
        "stop": ["a", "b"],
        "seed": 0,
    }


def test_no_model_is_sent_where_the_address_names_it() -> None:
    assert "model" not in body_of(ChatRequest(model="", messages=(HI,)), "")


def test_pictures_become_data_addresses() -> None:
    message = Message(Role.USER, "What is it?", attachments=(PICTURE,))
    assert message_of(message) == {
        "role": "user",
        "content": [
            {"type": "text", "text": "What is it?"},
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw=="}},
        ],
    }
    assert [
        part["type"]
        for part in message_of(Message(Role.USER, " ", attachments=(PICTURE,)))["content"]
    ] == ["image_url"]


def test_text_files_stand_before_the_question_fenced_and_named() -> None:
    notes = Attachment("notes.md", "text/markdown", b"a\n```\nb\n```")
    table = Attachment("t.csv", "text/csv", b"1,2\n\xff")
    message = Message(Role.USER, "Sum up", attachments=(notes, table, PICTURE))
    assert message_of(message)["content"][0]["text"] == (
        "notes.md:\n````md\na\n```\nb\n```\n````\n\nt.csv:\n```csv\n1,2\n\ufffd\n```\n\nSum up"
    )


def refusal(words: str, fault: Fault = Fault.REFUSED_REQUEST) -> ProviderError:
    return ProviderError(words, fault=fault, status=400)


BODY = {"model": "m", "max_tokens": 5, "seed": 1, "stream_options": {}}


def test_a_refused_field_is_called_otherwise_or_left_out() -> None:
    for words, name, other in (
        (
            "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
            "max_tokens",
            "max_completion_tokens",
        ),
        ("body.seed. Extra inputs are not permitted", "seed", "random_seed"),
        ("Unrecognized request argument supplied: stream_options", "stream_options", ""),
    ):
        changes = changes_from(refusal(words), BODY, NO_CHANGES)
        assert changes == {name: other}
        sent = changed(BODY, changes)
        assert name not in sent
        assert (other in sent) is bool(other)


def test_what_has_been_learnt_is_added_to() -> None:
    known = changes_from(refusal("unknown field stream_options"), BODY, NO_CHANGES)
    assert known is not None
    more = changes_from(refusal("unknown field seed"), BODY, known)
    assert more == {"stream_options": "", "seed": "random_seed"}
    assert changes_from(refusal("unknown field seed"), BODY, more or NO_CHANGES) is None


def test_a_refusal_for_another_reason_changes_nothing() -> None:
    for error in (
        refusal("max_tokens must be at least 1"),
        refusal("unsupported value: temperature"),
        refusal("unknown field seed", Fault.RATE_LIMIT),
        refusal(""),
    ):
        assert changes_from(error, BODY, NO_CHANGES) is None
    assert changes_from(refusal("unknown field seed"), {"model": "m"}, NO_CHANGES) is None


def test_only_so_many_services_are_remembered() -> None:
    adaptation = Adaptation()
    for number in range(200):
        adaptation.learn(f"https://{number}.example.org", "m", {"seed": ""})
    assert adaptation.changes_for("https://0.example.org", "m") == {}
    assert adaptation.changes_for("https://199.example.org", "m") == {"seed": ""}
    assert adaptation.changes_for("https://199.example.org", "other") == {}
