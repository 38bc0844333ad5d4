from __future__ import annotations

import pytest
from pygments.lexers import get_all_lexers, get_lexer_by_name

from gui.transcript.lexers import lexer_of, prepare

CODE = "def f(x: int) -> str:\n    return f'{x!r}'  # note\n"


def steps(language: str) -> int:
    count = 1
    while prepare(language):
        count += 1
    return count


def test_a_lexer_is_made_in_many_steps_and_made_once() -> None:
    assert steps("rust") > 20
    assert steps("rust") == 1


@pytest.mark.parametrize("language", ["python", "csharp", "html", "c++", "sql"])
def test_a_prepared_lexer_reads_as_pygments_does(language: str) -> None:
    steps(language)
    lexer = lexer_of(language)
    assert lexer is not None
    assert [*lexer.get_tokens(CODE)] == [*get_lexer_by_name(language).get_tokens(CODE)]


@pytest.mark.parametrize("language", ["", "text", "no such language", "x" * 1000])
def test_plain_text_and_unknown_languages_need_no_lexer(language: str) -> None:
    assert steps(language) <= 3
    assert lexer_of(language) is None


def test_every_kind_of_lexer_can_be_prepared() -> None:
    aliases = sorted(names[0] for _name, names, _files, _types in get_all_lexers() if names)
    for language in aliases[::12]:
        steps(language)
        assert language in {"text", "output"} or lexer_of(language) is not None, language
