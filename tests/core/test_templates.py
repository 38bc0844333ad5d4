"""Commands, and what goes with a question."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.templates import (
    Command,
    Source,
    Template,
    all_templates,
    find_command,
    parse_template,
    prompt_of,
    wanted_sources,
)

ENGLISH = all_templates((), language="en")


def _command(text: str, *lines: str) -> Command:
    command = find_command(text, all_templates(lines, language="en"))
    assert command is not None
    return command


def test_a_line_of_the_settings_is_a_name_and_a_text() -> None:
    assert parse_template(r"/Short  Be brief:\n{input} ") == Template("short", "Be brief:\n{input}")
    assert parse_template("short Be brief") == Template("short", "Be brief")
    assert parse_template("/перевод Переведи {input}") == Template("перевод", "Переведи {input}")


def test_what_has_no_name_is_no_template() -> None:
    for line in ("", "/", "   ", "// comment", "/-x y"):
        assert parse_template(line) is None


def test_every_shipped_template_takes_a_text_in_both_languages() -> None:
    for language in ("en", "ru"):
        shipped = all_templates((), language=language)
        assert {"translate", "explain", "fix", "summarise"} <= {one.name for one in shipped}
        assert {"перевести", "объяснить", "исправить"} <= {one.name for one in shipped}
        assert all(one.takes("input") for one in shipped)


def test_a_command_speaks_the_language_of_the_program_whatever_its_name() -> None:
    russian = {one.name: one for one in all_templates((), language="ru")}
    assert russian["fix"].text == russian["исправить"].text
    assert russian["fix"].is_foreign
    assert not russian["исправить"].is_foreign


def test_an_unknown_language_gets_english() -> None:
    assert all_templates((), language="de") == ENGLISH


def test_a_template_of_the_settings_takes_the_place_of_a_shipped_one() -> None:
    assert _command("/fix me", "/fix Mend {input}").template.text == "Mend {input}"


def test_a_template_without_a_text_takes_a_shipped_one_away() -> None:
    assert find_command("/fix me", all_templates(("/fix",), language="en")) is None


def test_a_command_is_a_whole_word_at_the_start() -> None:
    assert _command("/FIX").input == ""
    assert _command("/fix a\nb").input == "a\nb"
    for text in ("fix", "/fixed", "/ fix", " /fix", "/usr/bin", "/"):
        assert find_command(text, ENGLISH) is None


def test_a_command_is_replaced_by_its_template() -> None:
    lines = ("/say Say {input} to {clipboard}!",)
    known = all_templates(lines, language="en")
    assert prompt_of("/say hi", known, context={Source.CLIPBOARD: "Bob"}) == "Say hi to Bob!"


def test_places_within_a_text_that_is_filled_in_stay() -> None:
    known = all_templates(("/say {clipboard}: {input}",), language="en")
    text = prompt_of("/say {clipboard}", known, context={Source.CLIPBOARD: "{input}"})
    assert text == "{input}: {clipboard}"


def test_without_an_input_a_command_is_about_what_was_added() -> None:
    known = all_templates(("/say Say:\\n\\n{input}",), language="en")
    assert prompt_of("/say", known, context={Source.SELECTION: "this"}) == "Say:\n\nthis"
    both = prompt_of("/say it", known, context={Source.SELECTION: "this"})
    assert both == 'Say:\n\nit\n\n"""\nthis\n"""'


def test_the_clipboard_stands_in_for_a_selection_that_few_systems_have() -> None:
    known = all_templates(("/say Say {selection}",), language="en")
    assert prompt_of("/say", known, context={Source.CLIPBOARD: "this"}) == "Say this"


def test_an_input_that_a_template_has_no_place_for_is_not_lost() -> None:
    known = all_templates(("/say Be brief.",), language="en")
    assert prompt_of("/say why?", known) == "Be brief.\n\nwhy?"


def test_lines_of_empty_places_go() -> None:
    known = all_templates((r"/say One\n{clipboard}\nTwo",), language="en")
    assert prompt_of("/say", known) == "One\nTwo"


def test_an_ordinary_question_quotes_what_was_added() -> None:
    text = prompt_of("What?", ENGLISH, context={Source.CLIPBOARD: " this\n"})
    assert text == 'What?\n\n"""\nthis\n"""'


def test_a_command_asks_for_what_its_template_names_and_else_for_what_it_is_about() -> None:
    either = (Source.SELECTION, Source.CLIPBOARD)
    assert wanted_sources(_command("/fix"), ()) == (either,)
    assert wanted_sources(_command("/fix this"), ()) == ()
    assert wanted_sources(_command("/fix"), (Source.CLIPBOARD,)) == ()
    both = _command("/x", "/x {selection} {clipboard} {input}")
    assert wanted_sources(both, ()) == ((Source.SELECTION,), (Source.CLIPBOARD,))
    assert wanted_sources(both, (Source.SELECTION,)) == ((Source.CLIPBOARD,),)
    assert wanted_sources(_command("/x", "/x {selection}"), ()) == (either,)


@given(st.text())
def test_any_line_and_any_text_are_survived(text: str) -> None:
    parse_template(text)
    known = all_templates((text,), language="en")
    prompt_of(text, known, context={Source.CLIPBOARD: text})
    if not text.startswith("/"):
        assert prompt_of(text, known) == text
