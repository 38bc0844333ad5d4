"""The window's language: translations from `resources/i18n`, and Qt's own."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from resources import FOLDER

SYSTEM = "system"
LANGUAGES = ("en", "ru")


def install_language(application: QCoreApplication, choice: str = SYSTEM) -> str:
    """Translate the application into `en`, `ru` or the system's language; return which it is.

    A system in any other language gets English.
    """
    language = choice if choice != SYSTEM else QLocale.system().name().partition("_")[0]
    if language not in LANGUAGES:
        language = "en"
    if QLocale.system().name().partition("_")[0] != language:
        QLocale.setDefault(QLocale(language))
    _install_own(application, language)
    if language != "en":
        _install_qts(application, language)
    return language


def _install_own(application: QCoreApplication, language: str) -> None:
    # English has a file, too: for "1 character" and "2 characters".
    name = f"beseda_{language}.qm"
    translator = QTranslator(application)
    translator.load(str(FOLDER / "i18n" / name))
    application.installTranslator(translator)


def _install_qts(application: QCoreApplication, language: str) -> None:
    """Translate what Qt itself shows: the menu of a text field, the buttons of a dialog."""
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator = QTranslator(application)
    if translator.load(f"qtbase_{language}", folder):
        application.installTranslator(translator)
