from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from core.settings import (
    CONNECT_SECONDS,
    KEEP_CONVERSATIONS,
    KEY_PLACE,
    OPTIONS,
    PAGES,
    THEME,
    ZOOM,
    Settings,
)
from gui.settings.choice_control import ChoiceControl
from gui.settings.setting_row import SettingRow
from gui.settings.settings_window import SettingsWindow
from gui.widgets.banner import Banner

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def type_into(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Type in place of what stands there."""
    assert isinstance(field, QLineEdit)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, text)


def shown_rows(window: SettingsWindow) -> list[str]:
    QCoreApplication.processEvents()
    rows = window.findChildren(SettingRow)
    return [row.key for row in rows if row.isVisible()]


def choice(row: SettingRow) -> ChoiceControl:
    assert isinstance(row.control, ChoiceControl)
    return row.control


def test_every_option_has_its_row(window: SettingsWindow) -> None:
    for option in OPTIONS:
        row = window.stack.row(option.key)
        assert row.label.whole_text() == option.label


def test_a_change_takes_effect_by_itself(window: SettingsWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.settings_changed) as told:
        choice(window.stack.row("appearance.theme")).choose("dark")
    (settings,) = told.args or ()
    assert settings.value(THEME) == "dark"


def test_what_is_typed_is_told_once_as_a_whole(window: SettingsWindow, qtbot: QtBot) -> None:
    told: list[Settings] = []
    window.settings_changed.connect(told.append)
    with qtbot.waitSignal(window.settings_changed):
        type_into(qtbot, window.stack.row("appearance.zoom").control.field(), "125")
    assert [settings.value(ZOOM) for settings in told] == [125]


def test_a_switch_is_worked_by_the_space_bar(window: SettingsWindow, qtbot: QtBot) -> None:
    field = window.stack.row("privacy.keep_conversations").control.field()
    qtbot.keyClick(field, Qt.Key.Key_Space)
    assert not window.settings.value(KEEP_CONVERSATIONS)


def test_a_wrong_value_is_said_beside_the_field_and_changes_nothing(
    window: SettingsWindow, qtbot: QtBot
) -> None:
    window.show_page("advanced")
    row = window.stack.row("advanced.connect_seconds")
    type_into(qtbot, row.control.field(), "soon")
    assert row.problem.isVisible()
    assert row.problem.text() == "A number is needed"
    assert row.control.field().accessibleDescription() == "A number is needed"
    assert window.settings == Settings()

    type_into(qtbot, row.control.field(), "2,5")
    assert row.problem.isHidden()
    assert window.settings.value(CONNECT_SECONDS) == 2.5


def test_a_number_out_of_range_is_refused_with_the_range(
    window: SettingsWindow, qtbot: QtBot
) -> None:
    row = window.stack.row("appearance.zoom")
    type_into(qtbot, row.control.field(), "500")
    assert row.problem.text() == "A number from 50 to 300 is needed"


def test_arrow_keys_step_a_number(window: SettingsWindow, qtbot: QtBot) -> None:
    field = window.stack.row("appearance.zoom").control.field()
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert window.settings.value(ZOOM) == 101


def test_what_is_set_can_be_reset(window: SettingsWindow, qtbot: QtBot) -> None:
    window.show_page("appearance")
    row = window.stack.row("appearance.zoom")
    assert not row.reset_button.isVisible()
    type_into(qtbot, row.control.field(), "125")
    assert row.reset_button.isVisible()
    row.reset_button.click()
    assert window.settings == Settings()
    assert not row.reset_button.isVisible()
    assert row.control.field().text() == "100"


def test_a_value_that_cannot_be_used_can_be_reset_too(window: SettingsWindow, qtbot: QtBot) -> None:
    row = window.stack.row("appearance.zoom")
    type_into(qtbot, row.control.field(), "large")
    row.reset_button.click()
    assert row.control.field().text() == "100"
    assert row.problem.isHidden()


def test_a_wrong_value_of_the_file_is_said_beside_its_field(make_window) -> None:
    window = make_window(Settings(wrong=frozenset({"appearance.zoom"})))
    assert "settings file" in window.stack.row("appearance.zoom").problem.text()
    assert not window.stack.row("appearance.theme").problem.text()


def test_what_was_changed_elsewhere_is_shown_and_not_told_back(
    window: SettingsWindow, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(window.settings_changed):
        window.show_settings(Settings().with_value(THEME, "light"))
        window.hand_over()
    row = window.stack.row("appearance.theme")
    assert row.control.field().currentData() == "light"


def test_what_was_changed_elsewhere_keeps_what_is_being_edited(
    window: SettingsWindow, qtbot: QtBot
) -> None:
    type_into(qtbot, window.stack.row("appearance.zoom").control.field(), "125")
    window.show_settings(Settings().with_value(THEME, "light"))
    with qtbot.waitSignal(window.settings_changed) as told:
        window.hand_over()
    (settings,) = told.args or ()
    assert (settings.value(ZOOM), settings.value(THEME)) == (125, "light")


def test_closing_tells_what_was_typed_last(window: SettingsWindow, qtbot: QtBot) -> None:
    type_into(qtbot, window.stack.row("appearance.zoom").control.field(), "125")
    with qtbot.waitSignals([window.settings_changed, window.closed], order="strict"):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


# -- keys in a file


def test_keys_go_to_a_file_only_after_a_question(window: SettingsWindow, qtbot: QtBot) -> None:
    window.show_page("privacy")
    row = window.stack.row("privacy.keys")
    choice(row).choose("file")
    question = window.findChild(QMessageBox, "keyFileQuestion")
    assert question.isVisible()
    assert window.settings.value(KEY_PLACE) == "keyring"
    question.reject()
    assert row.control.field().currentData() == "keyring"

    choice(row).choose("file")
    question = window.findChildren(QMessageBox, "keyFileQuestion")[-1]
    qtbot.mouseClick(
        question.findChild(QAbstractButton, "keyFileAgreeButton"), Qt.MouseButton.LeftButton
    )
    assert window.settings.value(KEY_PLACE) == "file"


# -- pages and search


def test_the_search_shows_what_matches_on_all_pages(window: SettingsWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.search, "longest wait")
    assert shown_rows(window) == ["advanced.connect_seconds", "advanced.longest_wait"]
    assert "background-color" in window.stack.row("advanced.longest_wait").label.text()
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.focusWidget() is window.stack.row("advanced.connect_seconds").control.field()


def test_the_search_finds_choices_and_fields_of_services(
    providers: SettingsWindow, qtbot: QtBot
) -> None:
    qtbot.keyClicks(providers.search, "dark")
    assert shown_rows(providers) == ["appearance.theme"]
    providers.search.clear()
    qtbot.keyClicks(providers.search, "certificates")
    assert shown_rows(providers) == ["profile.ca_file"]


def test_a_search_without_result_says_so(window: SettingsWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.search, "xyzzy")
    assert shown_rows(window) == []
    assert window.findChild(QLabel, "nothingFound").isVisible()


def test_esc_ends_the_search_before_it_closes_the_window(
    window: SettingsWindow, qtbot: QtBot
) -> None:
    before = shown_rows(window)
    qtbot.keyClicks(window.search, "proxy")
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert shown_rows(window) == before
    assert "background-color" not in window.stack.row("advanced.proxy").label.text()


def test_pages_are_gone_through_with_the_keyboard(window: SettingsWindow, qtbot: QtBot) -> None:
    window.search.setFocus()
    pages = []
    for _ in PAGES:
        qtbot.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        pages.append(window.pages.page)
    assert pages == [*(page.value for page in PAGES[1:]), PAGES[0].value]
    qtbot.keyClick(window.pages.rows, Qt.Key.Key_Down)
    assert window.pages.page == PAGES[1].value
    assert shown_rows(window) == ["appearance.theme", "appearance.zoom"]


def test_a_page_is_opened_at_an_option(window: SettingsWindow, qtbot: QtBot) -> None:
    window.show_page("advanced", "advanced.log_level")
    row = window.stack.row("advanced.log_level")
    assert window.focusWidget() is row.control.field()
    qtbot.waitUntil(lambda: not row.visibleRegion().isEmpty())


def test_tab_goes_through_a_page_from_top_to_bottom(window: SettingsWindow, qtbot: QtBot) -> None:
    window.show_page("general")
    fields = [window.stack.row(key).control.field() for key in shown_rows(window)]
    fields[0].setFocus()
    for field in fields:
        assert window.focusWidget() is field
        qtbot.keyClick(field, Qt.Key.Key_Tab)


def test_the_window_remembers_its_size(window: SettingsWindow, make_window) -> None:
    window.resize(window.width() - 140, window.height() - 120)
    other = make_window()
    other.restore_geometry_text(window.geometry_text())
    assert other.size() == window.size()
    other.restore_geometry_text("what?")
    assert other.size() == window.size()


# -- for everybody


def all_fields(window: SettingsWindow) -> list[QWidget]:
    for page in PAGES:
        window.show_page(page.value)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractScrollArea)
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.objectName() != "settingsPages"
        and widget.window() is window
    ]


def test_everything_that_takes_keys_has_a_name(providers: SettingsWindow) -> None:
    fields = all_fields(providers)
    assert len(fields) > len(OPTIONS)
    for field in fields:
        is_inside = isinstance(field.parent(), QComboBox)
        is_of_banner = isinstance(field.parent(), Banner)
        assert field.accessibleName() or is_inside or is_of_banner, field
        assert field.objectName() or is_inside, field


def test_every_label_belongs_to_its_control(providers: SettingsWindow) -> None:
    all_fields(providers)
    for row in providers.findChildren(SettingRow):
        assert row.label.buddy() is row.control.field()


@pytest.mark.parametrize("language", ["english", "russian"])
def test_nothing_sticks_out_of_the_narrowest_window(
    language: str, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    if language == "russian":
        request.getfixturevalue("russian")
    window = request.getfixturevalue("providers")
    window.resize(window.minimumSize())
    assert window.pages.box.isVisible()
    assert not window.pages.rows.isVisible()
    for page in PAGES:
        window.show_page(page.value)
        content = window.stack.widget()
        qtbot.waitUntil(partial(fits, window))
        for row in window.findChildren(SettingRow):
            if row.isVisible():
                assert row.mapTo(content, row.rect().topRight()).x() < content.width()


def fits(window: SettingsWindow) -> bool:
    return bool(window.stack.widget().width() == window.stack.viewport().width())


def test_the_box_chooses_pages_in_a_narrow_window(window: SettingsWindow, qtbot: QtBot) -> None:
    window.resize(window.minimumSize())
    window.pages.box.setFocus()
    qtbot.keyClick(window.pages.box, Qt.Key.Key_Down)
    assert shown_rows(window) == ["appearance.theme", "appearance.zoom"]


def test_notices_are_shown_above_the_pages(window: SettingsWindow) -> None:
    window.show_notice("The settings file cannot be read.")
    assert window.notice.isVisible()
    window.show_notice("")
    assert not window.notice.isVisible()


def test_trouble_with_a_key_offers_other_places(window: SettingsWindow, qtbot: QtBot) -> None:
    window.show_key_trouble("The password store is locked.")
    assert window.key_trouble.text() == "The password store is locked."
    with qtbot.waitSignal(window.settings_changed):
        window.key_trouble.action_button.click()
    assert window.settings.value(KEY_PLACE) == "session"
    assert not window.key_trouble.isVisible()

    window.show_key_trouble("The password store is locked.")
    assert not window.key_trouble.action_button.isVisible()
    window.key_trouble.other_button.click()
    assert window.findChild(QMessageBox, "keyFileQuestion").isVisible()
