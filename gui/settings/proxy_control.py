"""Which way requests go."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, unquote

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.metrics import metrics
from gui.settings.choice_box import ChoiceBox
from gui.settings.control import Control

SYSTEM, NONE = "system", "none"
_ADDRESS = "address"
_UNSET = ""


class ProxyControl(Control):
    """A box; for a proxy of one's own also fields for its address, its user and the password.

    The user's name becomes a part of the address: `http://user@host:port`. The password is told
    by a signal of its own, and is never shown again.

    Signals:
        password_entered: the user has entered a password; empty: it is to be forgotten.
    """

    password_entered = Signal(str)

    def __init__(self, *, inherits: bool = False, parent: QWidget | None = None) -> None:
        """Offer "as in the program" too where the value can be None: `inherits`."""
        super().__init__(parent)
        self._box = ChoiceBox()
        for value, text in self._choices(inherits=inherits):
            self._box.addItem(text, value)
        self.address_line = self._line("proxyAddress", self.tr("Address of the proxy"))
        self.address_line.setPlaceholderText("http://proxy.example:3128")
        self.user_line = self._line("proxyUser", self.tr("User name at the proxy"))
        self.user_line.setPlaceholderText(self.tr("User name, if it asks for one"))
        self.password_line = self._line("proxyPassword", self.tr("Password for the proxy"))
        self.password_line.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_password(is_kept=False)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics().space_medium)
        for widget in (self._box, *self._lines()):
            layout.addWidget(widget)
        self._arrange()

        self._box.activated.connect(self._on_box_activated)
        self.address_line.textEdited.connect(self._on_line_edited)
        self.address_line.editingFinished.connect(self._on_address_line_finished)
        self.user_line.textEdited.connect(self._on_line_edited)
        self.password_line.editingFinished.connect(self.hand_over)

    def field(self) -> QWidget:
        """Return the box."""
        return self._box

    def name_as(self, key: str, label: str, hint: str) -> None:
        """Name the fields after the option, too: a window has several of them."""
        super().name_as(key, label, hint)
        for line in self._lines():
            line.setObjectName(f"{self._box.objectName().removesuffix('Field')}{line.objectName()}")

    def show_value(self, value: object) -> None:
        """Show `system`, `none`, an address, or None for what is set for the program."""
        text = _UNSET if value is None else str(value)
        if text == self._value() or (text, self._choice()) == (_UNSET, _ADDRESS):
            return
        is_address = text not in {_UNSET, SYSTEM, NONE}
        self._box.setCurrentIndex(self._box.findData(_ADDRESS if is_address else text))
        if is_address:
            address, user, _ = _taken_apart(text)
            self.address_line.setText(address)
            self.user_line.setText(user)
        self._arrange()

    def show_password(self, *, is_kept: bool) -> None:
        """Say whether there is a password already."""
        known = self.tr("Kept; type to replace it")
        self.password_line.setPlaceholderText(known if is_kept else self.tr("Password, if any"))

    @Slot()
    def hand_over(self) -> None:
        """Tell the password that was typed, and forget it here."""
        password = self.password_line.text()
        if password:
            self.password_line.clear()
            self.password_entered.emit(password)

    def _choices(self, *, inherits: bool) -> Iterable[tuple[str, str]]:
        if inherits:
            yield _UNSET, self.tr("As set for the program")
        yield SYSTEM, self.tr("As the system says")
        yield NONE, self.tr("None, connect directly")
        yield _ADDRESS, self.tr("This proxy:")

    def _choice(self) -> str:
        return str(self._box.currentData())

    def _value(self) -> str:
        choice = self._choice()
        if choice != _ADDRESS:
            return choice
        address, user, _ = _taken_apart(self.address_line.text())
        return _put_together(address, user or self.user_line.text())

    def _arrange(self) -> None:
        for line in self._lines():
            line.setVisible(self._choice() == _ADDRESS)

    def _lines(self) -> tuple[QLineEdit, ...]:
        return self.address_line, self.user_line, self.password_line

    def _line(self, name: str, label: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name[0].upper() + name[1:])
        line.setAccessibleName(label)
        return line

    @Slot()
    def _on_box_activated(self) -> None:
        self._arrange()
        if self._choice() == _ADDRESS:
            self.address_line.setFocus()
            if not self.address_line.text():
                return  # it holds from its first letter on
        self._tell()

    @Slot()
    def _on_line_edited(self) -> None:
        self._tell()

    @Slot()
    def _on_address_line_finished(self) -> None:
        """Put a whole address, as it is often handed out, into its fields."""
        address, user, password = _taken_apart(self.address_line.text())
        if user:
            self.address_line.setText(address)
            self.user_line.setText(user)
        if password:
            self.password_line.setText(password)
            self.hand_over()

    def _tell(self) -> None:
        value = self._value()
        self.value_changed.emit(value or None)


def _taken_apart(address: str) -> tuple[str, str, str]:
    """Return the address without whom it is for, then user and password."""
    scheme, separator, rest = address.strip().rpartition("://")
    credentials, _, host = rest.rpartition("@")
    user, _, password = credentials.partition(":")
    return f"{scheme}{separator}{host}", unquote(user), unquote(password)


def _put_together(address: str, user: str) -> str:
    address, user = address.strip(), user.strip()
    if not address or not user:
        return address
    scheme, separator, host = address.rpartition("://")
    return f"{scheme}{separator or 'http://'}{quote(user, safe='')}@{host}"
