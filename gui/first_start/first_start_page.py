"""The page that a new user finds in the place of the welcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from core.discovery import Found
from core.models import Profile
from core.profiles import CHATGPT_FREE, DEMO, Preset
from gui.first_start.key_offer import KeyOffer
from gui.first_start.local_offer import LocalOffer
from gui.first_start.offer_card import OfferCard
from gui.first_start.parts import plain_button, plain_label
from gui.first_start.site_offer import SiteOffer
from gui.metrics import metrics
from gui.widgets.column import Column


class FirstStartPage(QScrollArea):
    """Says who can answer, from the most private to the readiest; the composer below stays usable.

    Signals:
        look_requested: the user wants to know which servers run on this computer.
        check_requested: the user wants to ask the free site, if it answers: a `Profile`.
        key_entered: the user wants to ask a service with a key: a `Profile` and the key.
        profile_chosen: the user wants to ask this `Profile`.
        settings_requested: the user looks for something else.
    """

    look_requested = Signal()
    check_requested = Signal(object)
    key_entered = Signal(object, str)
    profile_chosen = Signal(object)
    settings_requested = Signal()

    def __init__(
        self,
        presets: Sequence[Preset],
        *,
        make_profile: Callable[[Preset], Profile],
        parent: QWidget | None = None,
    ) -> None:
        """Offer `presets`, of which `make_profile` makes profiles."""
        super().__init__(parent)
        self._make_profile = make_profile
        self._by_provider = {preset.provider: preset for preset in reversed(presets)}

        self.setObjectName("firstStartPage")
        self.setAccessibleName(self.tr("First steps"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        local = [preset.name for preset in presets if preset.is_local]
        self.local = LocalOffer(local)
        self.key = KeyOffer(presets)
        self.site = SiteOffer(self._name_of(CHATGPT_FREE))
        self.demo = self._make_demo()
        self.other_button = plain_button(
            "otherServiceButton", self.tr("Another service or address…"), kind="quiet"
        )

        self._column = self._make_column()
        self.setWidget(self._column)

        self.local.look_requested.connect(self.look_requested)
        self.local.chosen.connect(self._on_local_chosen)
        self.key.entered.connect(self._on_key_entered)
        self.site.check_requested.connect(self._on_site_check_requested)
        self.demo.button.clicked.connect(self._on_demo_button_clicked)
        self.other_button.clicked.connect(self.settings_requested)

    def sizeHint(self) -> QSize:
        """Return what the page needs, at most; it scrolls in less."""
        return self._column.sizeHint()

    def _make_column(self) -> Column:
        column = Column()
        column.setObjectName("firstStart")
        column.add_space(metrics().space_large)
        column.add_stretch()
        column.add(self._make_title())
        column.add(self._make_text())
        column.add_space(metrics().space_medium)
        for card in (self.local, self.key, self.site, self.demo):
            column.add(card)
        column.add(self.other_button)
        column.add_stretch()
        return column

    def _make_title(self) -> QLabel:
        title = plain_label("firstStartTitle", self.tr("Who shall answer?"))
        font = QFont(title.font())
        font.setPointSizeF(font.pointSizeF() * metrics().title_scale)
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return title

    def _make_text(self) -> QLabel:
        text = plain_label(
            "firstStartText",
            self.tr("Choose once, change it at any time. Or just write below: the demo answers."),
            kind="hint",
        )
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return text

    def _make_demo(self) -> OfferCard:
        card = OfferCard(
            "demo", icon="spark", title=self.tr("The demo"), action=self.tr("Use the demo")
        )
        card.set_text(
            self.tr(
                "Built in, always there. Its answers are prepared, and show what Beseda can do."
            )
        )
        return card

    def _name_of(self, provider: str) -> str:
        preset = self._by_provider.get(provider)
        return preset.name if preset is not None else provider

    def _of_provider(self, provider: str) -> Profile | None:
        preset = self._by_provider.get(provider)
        return None if preset is None else self._make_profile(preset)

    @Slot(object, str)
    def _on_local_chosen(self, found: Found, model: str) -> None:
        # It has just answered without a key.
        profile = replace(self._make_profile(found.preset), needs_key=False)
        self.profile_chosen.emit(replace(profile, address=found.address, model=model))

    @Slot(object, str)
    def _on_key_entered(self, preset: Preset, key: str) -> None:
        self.key_entered.emit(self._make_profile(preset), key)

    @Slot()
    def _on_site_check_requested(self) -> None:
        self.check_requested.emit(self._of_provider(CHATGPT_FREE))

    @Slot()
    def _on_demo_button_clicked(self) -> None:
        self.profile_chosen.emit(self._of_provider(DEMO))
