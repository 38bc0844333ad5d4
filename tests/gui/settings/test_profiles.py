from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from core.models import ModelInfo, Profile, Trust
from core.secrets import key_name, proxy_password_name
from core.settings import TEMPERATURE
from gui.settings.key_control import KeyControl
from gui.settings.model_control import ModelControl
from gui.settings.profile_form import ProfileRow
from gui.settings.providers_page import ProvidersPage
from gui.settings.settings_window import SettingsWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

KEY = "sk-planted-0123456789abcdef"


def page_of(window: SettingsWindow) -> ProvidersPage:
    return window.stack.providers


def row_of(window: SettingsWindow, name: str) -> ProfileRow:
    return page_of(window).form.row(name)


def profile_of(window: SettingsWindow, profile_id: str) -> Profile:
    profile = window.settings.profile(profile_id)
    assert profile is not None
    return profile


def ids_of(window: SettingsWindow) -> list[str]:
    return [profile.id for profile in window.settings.profiles]


def type_into(qtbot: QtBot, row: ProfileRow, text: str) -> None:
    field = row.control.field()
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


def everything_shown(window: SettingsWindow) -> str:
    texts = [label.text() for label in window.findChildren(QLabel)]
    for line in window.findChildren(QLineEdit):
        texts += [line.displayText(), line.placeholderText(), line.accessibleDescription()]
    return "\n".join(texts)


def test_the_first_profile_is_shown_in_full(providers: SettingsWindow) -> None:
    assert page_of(providers).profiles.ids() == ["openai", "ollama", "chatgptfree"]
    assert row_of(providers, "name").control.field().text() == "OpenAI"
    assert row_of(providers, "address").isVisible()


def test_without_profiles_there_is_a_hint_and_no_form(window: SettingsWindow) -> None:
    window.show_page("providers")
    assert page_of(window).profiles.empty.isVisible()
    assert not row_of(window, "name").isVisible()
    assert not page_of(window).profiles.remove_button.isEnabled()


def test_a_service_shows_only_what_it_has_a_use_for(providers: SettingsWindow) -> None:
    page_of(providers).choose("chatgptfree")
    assert not row_of(providers, "address").isVisible()
    assert not row_of(providers, "key").isVisible()
    page_of(providers).choose("ollama")
    assert row_of(providers, "address").isVisible()


def test_a_profile_is_added_from_the_menu_of_services(
    providers: SettingsWindow, qtbot: QtBot
) -> None:
    menu = page_of(providers).profiles.add_button.menu()
    action = next(one for one in menu.actions() if one.text() == "Anthropic")
    assert isinstance(action, QAction)
    with qtbot.waitSignal(providers.settings_changed):
        action.trigger()
    assert ids_of(providers)[-1] == "anthropic"
    assert row_of(providers, "name").control.field().text() == "Anthropic"
    assert providers.focusWidget() is row_of(providers, "key").control.field()


def test_the_same_service_can_be_added_twice(providers: SettingsWindow) -> None:
    page_of(providers).add_profile("openai")
    assert ids_of(providers)[-1] == "openai-2"
    assert profile_of(providers, "openai-2").name == "OpenAI 2"


def test_a_copy_stands_below_its_original(providers: SettingsWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(providers.profile_copied) as told:
        page_of(providers).profiles.copy_button.click()
    assert told.args == ["openai", "openai-2"]
    assert ids_of(providers) == ["openai", "openai-2", "ollama", "chatgptfree"]
    assert profile_of(providers, "openai-2").name == "OpenAI, copy"


def test_a_removed_profile_can_be_had_back_in_its_place(
    providers: SettingsWindow, qtbot: QtBot
) -> None:
    page_of(providers).choose("ollama")
    before = providers.settings.profiles
    qtbot.keyClick(page_of(providers).profiles.rows, Qt.Key.Key_Delete)
    assert ids_of(providers) == ["openai", "chatgptfree"]
    assert page_of(providers).chosen == before[2]
    assert page_of(providers).undo.text() == "“Ollama” was removed."
    page_of(providers).undo.action_button.click()
    assert providers.settings.profiles == before
    assert page_of(providers).chosen == before[1]


def test_the_order_is_changed_with_keys_buttons_and_the_mouse(
    providers: SettingsWindow, qtbot: QtBot
) -> None:
    profiles = page_of(providers).profiles
    profiles.rows.setFocus()
    qtbot.keyClick(profiles.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert ids_of(providers) == ["ollama", "openai", "chatgptfree"]
    profiles.up_button.click()
    assert ids_of(providers) == ["openai", "ollama", "chatgptfree"]
    assert not profiles.up_button.isEnabled()
    # What the view does when a row is dropped.
    profiles.rows.model().moveRow(QModelIndex(), 2, QModelIndex(), 0)
    assert ids_of(providers) == ["chatgptfree", "openai", "ollama"]


def test_fields_are_changed_as_they_are_typed(providers: SettingsWindow, qtbot: QtBot) -> None:
    type_into(qtbot, row_of(providers, "name"), "Work")
    type_into(qtbot, row_of(providers, "temperature"), "0.5")
    profile = profile_of(providers, "openai")
    assert (profile.name, profile.parameters.temperature) == ("Work", 0.5)


def test_a_wrong_address_is_said_beside_its_field(providers: SettingsWindow, qtbot: QtBot) -> None:
    type_into(qtbot, row_of(providers, "address"), "ftp://example.com")
    row = row_of(providers, "address")
    assert row.problem.text() == "An address such as https://example.com is needed"
    assert profile_of(providers, "openai").address.startswith("https://api.openai.com")
    assert row.control.field().text() == "ftp://example.com"


def test_a_wrong_value_of_the_file_is_said_beside_the_field_of_its_profile(
    providers: SettingsWindow, qtbot: QtBot
) -> None:
    wrong = frozenset({"profiles.ollama.address", "profiles.ollama.temperature"})
    providers.show_settings(replace(providers.settings, wrong=wrong))
    assert not row_of(providers, "address").problem.text()
    page_of(providers).choose("ollama")
    assert "settings file" in row_of(providers, "address").problem.text()
    assert "settings file" in row_of(providers, "temperature").problem.text()
    assert not row_of(providers, "name").problem.text()
    type_into(qtbot, row_of(providers, "temperature"), "0.5")
    assert not row_of(providers, "temperature").problem.text()
    assert "settings file" in row_of(providers, "address").problem.text()


def test_a_name_may_not_be_empty(providers: SettingsWindow, qtbot: QtBot) -> None:
    field = row_of(providers, "name").control.field()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert row_of(providers, "name").problem.isVisible()
    assert profile_of(providers, "openai").name == "OpenAI"


def test_a_changed_field_can_be_as_the_service_has_it_again(
    providers: SettingsWindow, qtbot: QtBot
) -> None:
    row = row_of(providers, "address")
    usual = profile_of(providers, "openai").address
    assert not row.reset_button.isVisible()
    type_into(qtbot, row, "https://elsewhere.example/v1")
    row.reset_button.click()
    assert profile_of(providers, "openai").address == usual
    assert row.control.field().text() == usual


def test_what_holds_for_all_is_shown_where_nothing_is_set(providers: SettingsWindow) -> None:
    providers.editor.set_value(TEMPERATURE, 0.7)
    assert row_of(providers, "temperature").control.field().placeholderText() == "0.7"
    assert row_of(providers, "silence_seconds").control.field().placeholderText() == "120"
    page_of(providers).choose("ollama")
    assert row_of(providers, "silence_seconds").control.field().placeholderText() == "600"


# -- keys


def test_a_key_is_told_and_never_shown(providers: SettingsWindow, qtbot: QtBot) -> None:
    told: list[tuple[str, str]] = []
    providers.key_entered.connect(lambda *arguments: told.append(arguments))
    QGuiApplication.clipboard().setText(f'export OPENAI_API_KEY="{KEY}"\n')
    field = row_of(providers, "key").control.field()
    field.setFocus()
    field.paste()
    assert KEY not in everything_shown(providers)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == [("openai", KEY)]
    assert field.text() == ""
    assert "Kept" in field.placeholderText()
    assert providers.isVisible()


def test_a_key_that_is_typed_goes_to_the_profile_it_was_typed_for(
    providers: SettingsWindow, qtbot: QtBot
) -> None:
    type_into(qtbot, row_of(providers, "key"), KEY)
    with qtbot.waitSignal(providers.key_entered) as told:
        page_of(providers).choose("ollama")
    assert told.args == ["openai", KEY]
    assert row_of(providers, "key").control.field().text() == ""


def test_closing_tells_a_key_that_was_not_left_yet(providers: SettingsWindow, qtbot: QtBot) -> None:
    type_into(qtbot, row_of(providers, "key"), KEY)
    with qtbot.waitSignal(providers.key_entered) as told:
        providers.close()
    assert told.args == ["openai", KEY]


def test_what_can_be_no_key_is_refused(providers: SettingsWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(providers.key_entered):
        type_into(qtbot, row_of(providers, "key"), "my secret key")
        qtbot.keyClick(row_of(providers, "key").control.field(), Qt.Key.Key_Return)
    assert "cannot be a key" in row_of(providers, "key").problem.text()


def test_what_is_typed_can_be_looked_at(providers: SettingsWindow, qtbot: QtBot) -> None:
    control = row_of(providers, "key").control
    assert isinstance(control, KeyControl)
    type_into(qtbot, row_of(providers, "key"), KEY)
    control.eye_button.click()
    assert control.field().displayText() == KEY
    control.hand_over()
    assert control.field().echoMode() is QLineEdit.EchoMode.Password


def test_a_kept_key_can_be_removed(providers: SettingsWindow, qtbot: QtBot) -> None:
    control = row_of(providers, "key").control
    assert isinstance(control, KeyControl)
    assert not control.remove_button.isVisible()
    providers.show_secret(key_name("openai"), is_kept=True)
    with qtbot.waitSignal(providers.key_entered) as told:
        control.remove_button.click()
    assert told.args == ["openai", ""]
    assert not control.remove_button.isVisible()


def test_where_a_key_is_to_be_had_is_shown_as_text(providers: SettingsWindow) -> None:
    link = providers.findChild(QLabel, "keyPage")
    assert "https://platform.openai.com/api-keys" in link.text()
    page_of(providers).choose("ollama")
    assert not link.isVisible()


def test_it_is_asked_whether_a_chosen_profile_has_a_key(providers: SettingsWindow) -> None:
    wanted: list[str] = []
    providers.secret_wanted.connect(wanted.append)
    page_of(providers).choose("ollama")
    assert wanted == [key_name("ollama"), proxy_password_name("ollama")]


# -- models, test, network


def test_models_are_asked_for_only_when_the_user_wants_them(providers: SettingsWindow) -> None:
    asked: list[Profile] = []
    providers.models_requested.connect(asked.append)
    control = row_of(providers, "model").control
    assert isinstance(control, ModelControl)
    page_of(providers).choose("ollama")
    page_of(providers).choose("openai")
    assert asked == []
    control.fetch_button.click()
    assert [profile.id for profile in asked] == ["openai"]
    assert control.is_asking
    assert not control.fetch_button.isEnabled()


def test_models_that_were_asked_for_can_be_chosen(providers: SettingsWindow) -> None:
    infos = (ModelInfo("small"), ModelInfo("large", context_window=128_000, takes_images=True))
    providers.show_models("openai", infos)
    box = row_of(providers, "model").control.field()
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert profile_of(providers, "openai").model == "large"
    assert "takes pictures" in row_of(providers, "model").hint.whole_text()


def test_a_model_can_be_typed_freely(providers: SettingsWindow, qtbot: QtBot) -> None:
    providers.show_models("openai", (ModelInfo("small"),))
    type_into(qtbot, row_of(providers, "model"), "own/large:7b")
    assert profile_of(providers, "openai").model == "own/large:7b"


def test_models_of_a_profile_that_was_left_do_not_show_up_elsewhere(
    providers: SettingsWindow,
) -> None:
    page_of(providers).choose("ollama")
    providers.show_models("openai", (ModelInfo("small"),))
    box = row_of(providers, "model").control.field()
    assert isinstance(box, QComboBox)
    assert box.count() == 0
    page_of(providers).choose("openai")
    assert box.itemText(0) == "small"


def test_a_list_that_could_not_be_had_is_said_beside_the_field(
    providers: SettingsWindow,
) -> None:
    control = row_of(providers, "model").control
    assert isinstance(control, ModelControl)
    control.fetch_button.click()
    providers.show_models_problem("openai", "It does not take connections.")
    assert row_of(providers, "model").problem.text() == "It does not take connections."
    assert control.fetch_button.isEnabled()


def test_the_test_button_tells_everything_first(providers: SettingsWindow, qtbot: QtBot) -> None:
    type_into(qtbot, row_of(providers, "model"), "other")
    type_into(qtbot, row_of(providers, "key"), KEY)
    wanted = [providers.key_entered, providers.settings_changed, providers.test_requested]
    with qtbot.waitSignals(wanted, order="strict"):
        row_of(providers, "test").control.field().click()


def test_a_trusted_certificate_is_shown_and_can_be_trusted_no_more(
    providers: SettingsWindow,
) -> None:
    trusting = replace(profile_of(providers, "openai"), trust=Trust(fingerprint="ab12" * 16))
    providers.show_settings(
        providers.settings.with_profiles([trusting, *providers.settings.profiles[1:]])
    )
    providers.show_page("providers", "profile.openai.fingerprint")
    row = row_of(providers, "fingerprint")
    assert row.isVisible()
    assert row.hint.whole_text().startswith("AB12 AB12")
    row.control.field().click()
    assert profile_of(providers, "openai").trust == Trust()
    assert not row.isVisible()


def test_a_fallback_is_any_other_profile(providers: SettingsWindow) -> None:
    fallback = page_of(providers).form.fallback
    assert [value for value, _ in fallback.choices()] == ["", "ollama", "chatgptfree"]
    fallback.choose("ollama")
    assert profile_of(providers, "openai").fallback == "ollama"
    page_of(providers).choose("ollama")
    assert [value for value, _ in fallback.choices()] == ["", "openai", "chatgptfree"]
    assert fallback.field().currentData() == ""


def test_a_proxy_of_its_own_keeps_its_password_elsewhere(
    providers: SettingsWindow, qtbot: QtBot
) -> None:
    proxy = page_of(providers).form.proxy
    providers.show_page("providers", "profile.openai.proxy")
    box = proxy.field()
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("address"))
    box.activated.emit(box.currentIndex())
    qtbot.keyClicks(proxy.address_line, "http://ann:s3cret@proxy.example:3128")
    with qtbot.waitSignal(providers.proxy_password_entered) as told:
        qtbot.keyClick(proxy.address_line, Qt.Key.Key_Return)
    assert told.args == [proxy_password_name("openai"), "s3cret"]
    assert profile_of(providers, "openai").proxy == "http://ann@proxy.example:3128"
    assert proxy.address_line.text() == "http://proxy.example:3128"
    assert "s3cret" not in everything_shown(providers)


def test_folded_cards_open_when_something_on_them_is_asked_for(providers: SettingsWindow) -> None:
    assert not row_of(providers, "proxy").isVisible()
    providers.show_page("providers", "profile.ollama.proxy")
    assert row_of(providers, "proxy").isVisible()
    assert providers.focusWidget() is row_of(providers, "proxy").control.field()
