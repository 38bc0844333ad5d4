from __future__ import annotations

import string

import pytest

from core.errors import ChatError, ConnectionFailedError, Fault, ProviderError, RateLimitError
from core.sentences import SENTENCES, sentence


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_one_sentence(fault: Fault) -> None:
    template = SENTENCES[fault]
    assert template[0].isupper() or template[0] in "{“"
    assert template.endswith((".", "{message}"))
    names = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    known = "host message status seconds proxy target address megabytes model models option"
    known += " file backups count profile variable"
    assert names <= set(known.split())


def test_a_sentence_is_filled_with_the_errors_data() -> None:
    error = ConnectionFailedError(fault=Fault.SILENCE, host="a.example", seconds=200)
    assert sentence(error) == "a.example sent nothing for 200 s; try again, or allow it more time."


def test_a_sentence_is_translated_before_it_is_filled() -> None:
    error = RateLimitError(host="{a}")
    assert sentence(error, translate=lambda _: "Подождите: {host}") == "Подождите: {a}"


def test_a_service_without_a_name_and_without_words_still_makes_a_sentence() -> None:
    assert sentence(ProviderError()) == "The service refused the request"
    assert sentence(ConnectionFailedError(fault=Fault.SILENCE)).startswith(
        "The service sent nothing"
    )


def test_a_services_own_words_stay_on_one_line_and_carry_no_control_characters() -> None:
    words = "Bad\x1b[31m\nthing\u202e {status} " + "x" * 1000
    text = sentence(ProviderError(words, host="a.example"))
    assert text.isprintable()
    assert text.startswith("a.example refused the request: Bad [31m thing {status} xxx")
    assert len(text) < 600


def test_an_error_tells_what_it_is_even_without_a_sentence() -> None:
    assert str(ProviderError(fault=Fault.FLAGGED)) == "flagged"
    assert str(ProviderError("own words")) == "own words"
    assert issubclass(RateLimitError, ChatError)
