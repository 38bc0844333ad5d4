from __future__ import annotations

import ast
import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from core.diagnosis import FINDINGS, OUTCOMES, STEPS
from core.errors import Fault, RateLimitError
from core.profiles import presets
from core.sentences import SENTENCES
from core.settings import CHECKS, OPTIONS, PAGES
from gui.language import install_language
from gui.sentences import CONTEXT, translated_sentence
from gui.settings.words import PRESETS, SETTINGS
from gui.widgets.composer import Composer
from gui.widgets.reply_status import Phase, ReplyStatus

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

PYSIDE = Path(PySide6.__file__).parent
ROOT = Path(__file__).parents[2]
I18N = ROOT / "resources" / "i18n"
PLACEHOLDER = re.compile(r"\{\w+\}|%L?n")
LRELEASE = "lrelease.exe" if Path("C:/").exists() else "lrelease"


def strings_in_the_code() -> Iterator[tuple[str, str, bool]]:
    """Yield class, text and whether it has plural forms, of each `self.tr`."""
    for path in sorted((ROOT / "gui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield from strings_in_a_class(node)
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".translate"):
                context, *texts = node.args
                if isinstance(context, ast.Constant) and isinstance(texts[0], ast.Constant):
                    yield str(context.value), str(texts[0].value), False


def strings_in_a_class(node: ast.ClassDef) -> Iterator[tuple[str, str, bool]]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "self.tr":
            text = call.args[0]
            assert isinstance(text, ast.Constant), f"{node.name}: {ast.unparse(call)}"
            yield node.name, str(text.value), len(call.args) > 2


def translations(language: str) -> dict[tuple[str, str], list[str]]:
    """Return the finished translations: all plural forms of each."""
    found = {}
    for context in ET.parse(I18N / f"beseda_{language}.ts").getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            assert translation.get("type") is None, "unfinished, vanished or obsolete"
            forms = [form.text or "" for form in translation.iter("numerusform")]
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = forms or [translation.text or ""]
    return found


def strings_of_the_core() -> Iterator[tuple[str, str]]:
    """Yield context and text of what `core` says and the window translates."""
    sentences = (SENTENCES, STEPS, OUTCOMES, FINDINGS)
    yield from ((CONTEXT, text) for table in sentences for text in table.values())
    yield CONTEXT, "The service"
    for text in (*CHECKS.values(), *(page.label for page in PAGES)):
        yield SETTINGS, text
    for option in OPTIONS:
        choices = (choice.label for choice in option.choices)
        yield from ((SETTINGS, text) for text in (option.label, option.hint, option.unit, *choices))
    for preset in presets():
        yield from ((PRESETS, text) for text in (preset.name, preset.note))


CODE = list(dict.fromkeys(strings_in_the_code()))
CORE = [said for said in dict.fromkeys(strings_of_the_core()) if said[1]]
RUSSIAN = translations("ru")
ENGLISH = translations("en")


@pytest.mark.parametrize(("context", "text", "has_plurals"), CODE)
def test_every_string_of_the_window_has_its_russian(
    context: str, text: str, has_plurals: bool
) -> None:
    forms = RUSSIAN[context, text]
    assert len(forms) == (3 if has_plurals else 1)
    for form in forms:
        assert form.strip()
        assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(text))
    if has_plurals:
        assert len(ENGLISH[context, text]) == 2


@pytest.mark.parametrize(("context", "text"), CORE)
def test_whatever_the_core_says_has_its_russian(context: str, text: str) -> None:
    (russian,) = RUSSIAN[context, text]
    assert russian.strip()
    assert sorted(PLACEHOLDER.findall(russian)) == sorted(PLACEHOLDER.findall(text))


def test_nothing_is_translated_that_is_no_longer_there() -> None:
    known = {(context, text) for context, text, _ in CODE}
    known |= set(CORE)
    assert set(RUSSIAN) <= known
    assert set(ENGLISH) <= {(context, text) for context, text, plural in CODE if plural}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_compiled_file_is_up_to_date(language: str, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    source = I18N / f"beseda_{language}.ts"
    subprocess.run([PYSIDE / LRELEASE, "-silent", source, "-qm", fresh], check=True)
    assert (I18N / f"beseda_{language}.qm").read_bytes() == fresh.read_bytes()


@pytest.mark.usefixtures("russian")
def test_a_widget_speaks_russian() -> None:
    assert Composer().send_button.accessibleName() == "Отправить"


@pytest.mark.parametrize(("count", "word"), [(1, "символ"), (3, "символа"), (5, "символов")])
@pytest.mark.usefixtures("russian")
def test_russian_numbers_have_their_plural_forms(count: int, word: str) -> None:
    status = ReplyStatus()
    status.set_phase(Phase.CONNECTING)
    status.count(count)
    status.set_phase(Phase.STOPPED)
    assert status.text() == f"Остановлено: {count} {word}"


@pytest.mark.usefixtures("russian")
def test_errors_speak_russian() -> None:
    said = translated_sentence(RateLimitError(host="chat.example"))
    assert said.startswith("chat.example просит подождать")
    assert all(fault in SENTENCES for fault in Fault)


@pytest.mark.parametrize(
    ("choice", "message", "one"),
    [("ru", "Сообщение", "Остановлено: 1 символ"), ("en", "Message", "Stopped after 1 character")],
)
def test_the_language_can_be_chosen(
    qapp: QApplication, choice: str, message: str, one: str
) -> None:
    before = set(qapp.findChildren(QTranslator))
    locale = QLocale()
    assert install_language(qapp, choice) == choice
    said = QCoreApplication.translate("Composer", "Message")
    counted = QCoreApplication.translate("ReplyStatus", "Stopped after %Ln characters", "", 1)
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)
    assert (said, counted) == (message, one)


def test_the_compiled_files_are_part_of_the_package() -> None:
    folder = files("resources").joinpath("i18n")
    assert folder.joinpath("beseda_ru.qm").is_file()
    assert folder.joinpath("beseda_en.qm").is_file()
