"""Shows a certificate, and lets the user vouch for one that nobody else vouches for."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.net.certificate import Certificate
from gui.first_start.first_start_metrics import first_start_metrics
from gui.first_start.parts import plain_button, plain_label, selectable
from gui.metrics import metrics

_MOST_NAMES = 20
_LONGEST_TEXT = 500
_PAIR = 2
_PAIRS_IN_LINE = 8


class CertificateDialog(QDialog):
    """Whom it names, who signed it, how long it holds, and its fingerprint; shown by `open()`.

    Signals:
        trusted: the user trusts this fingerprint, as in `core.models.Trust`.
    """

    trusted = Signal(str)

    def __init__(
        self,
        certificate: Certificate,
        *,
        host: str,
        profile: str,
        is_trusted: bool,
        parent: QWidget | None = None,
    ) -> None:
        """Show what `host` has shown.

        Unless it `is_trusted` already, it can be trusted for the profile of this name.
        """
        super().__init__(parent)
        self._certificate = certificate

        self.setObjectName("certificateDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Certificate of {host}").format(host=host))
        self.warning = plain_label("certificateWarning", self._warning(host, profile))
        self.warning.setHidden(is_trusted)
        self.facts = QWidget()
        self._rows = QVBoxLayout(self.facts)
        self.facts.setObjectName("certificateFacts")
        self.facts.setAccessibleName(self.tr("Certificate"))
        self.trust_button = plain_button(
            "trustCertificateButton", self.tr("Trust this certificate")
        )
        self.trust_button.setHidden(is_trusted)
        end = self.tr("Close") if is_trusted else self.tr("Cancel")
        self.cancel_button = plain_button("cancelCertificateButton", end)

        buttons = QHBoxLayout()
        buttons.setSpacing(metrics().space_medium)
        buttons.addStretch(1)
        buttons.addWidget(self.trust_button)
        buttons.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        space = metrics().space_large
        layout.setContentsMargins(space, space, space, space)
        layout.setSpacing(space)
        layout.addWidget(self.warning)
        layout.addWidget(self._scrolling(self._fill()), 1)
        layout.addLayout(buttons)
        # Enter must not trust by accident.
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()

        self.trust_button.clicked.connect(self._on_trust_button_clicked)
        self.cancel_button.clicked.connect(self.reject)

    def sizeHint(self) -> QSize:
        """Return a size that shows everything of a usual certificate."""
        space = metrics().space_large
        width = self.fontMetrics().averageCharWidth() * first_start_metrics().dialog_characters
        inside = width - 2 * space
        height = self._rows.totalHeightForWidth(inside) + self.trust_button.sizeHint().height()
        if not self.warning.isHidden():
            height += self.warning.heightForWidth(inside) + space
        return QSize(width, height + 4 * space)

    def _warning(self, host: str, profile: str) -> str:
        return self.tr(
            "Nobody whom this computer trusts vouches for this certificate. Trust it only if its"
            " fingerprint is the one that whoever runs {host} gives you: anybody on the way there"
            " could show one. From then on, “{profile}” accepts this certificate and no other."
        ).format(host=host, profile=profile)

    def _fill(self) -> QWidget:
        layout = self._rows
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics().space_small)
        for name, title, value in self._values():
            label = plain_label(f"{name}Title", title, kind="hint")
            shown = selectable(plain_label(name, value))
            shown.setAccessibleName(f"{title}: {value}")
            layout.addWidget(label)
            layout.addWidget(shown)
            layout.addSpacing(metrics().space_small)
        # The last one is the fingerprint, whose digits stand below each other.
        shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        layout.addStretch(1)
        return self.facts

    def _values(self) -> list[tuple[str, str, str]]:
        certificate = self._certificate
        signer = certificate.issuer
        if certificate.is_self_signed:
            signer = self.tr("itself; nobody else has signed it")
        names = ", ".join(certificate.names[:_MOST_NAMES])
        if len(certificate.names) > _MOST_NAMES:
            names = f"{names} …"
        nothing = self.tr("not said")
        values = [
            ("certificateSubject", self.tr("Made for"), certificate.subject),
            ("certificateNames", self.tr("Holds for"), names),
            ("certificateIssuer", self.tr("Signed by"), signer),
            ("certificateDates", self.tr("Valid"), self._dates()),
            ("certificateFingerprint", self.tr("Fingerprint (SHA-256)"), self._fingerprint()),
        ]
        return [(name, title, value[:_LONGEST_TEXT] or nothing) for name, title, value in values]

    def _dates(self) -> str:
        begin, end = self._certificate.not_before, self._certificate.not_after
        text = self.tr("from {begin} to {end}").format(begin=self._day(begin), end=self._day(end))
        if end is not None and end < datetime.now(end.tzinfo):
            expired = self.tr("it has expired")
            return f"{text} · {expired}"
        return text

    def _day(self, moment: datetime | None) -> str:
        if moment is None:
            return "?"
        shown = QDateTime.fromSecsSinceEpoch(round(moment.timestamp()))
        return QLocale().toString(shown.date(), "d MMMM yyyy")

    def _fingerprint(self) -> str:
        digits = self._certificate.fingerprint.upper()
        pairs = [digits[at : at + _PAIR] for at in range(0, len(digits), _PAIR)]
        lines = range(0, len(pairs), _PAIRS_IN_LINE)
        return "\n".join(":".join(pairs[at : at + _PAIRS_IN_LINE]) for at in lines)

    def _scrolling(self, inside: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setObjectName("diagnosisSteps")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setWidget(inside)
        return area

    @Slot()
    def _on_trust_button_clicked(self) -> None:
        self.trusted.emit(self._certificate.fingerprint)
        self.accept()
