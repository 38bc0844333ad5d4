"""Whether the view moves with an answer. Only what the user does changes that."""

from __future__ import annotations

from enum import StrEnum


class FollowMode(StrEnum):
    """What the view does while an answer arrives."""

    FOLLOW = "follow"
    """It stays at the end."""
    QUESTION = "question"
    """It moves until the question is at the top, and stops there."""
    STAY = "stay"
    """It never moves by itself."""


class Follow:
    """The state of following. Nothing here looks at ranges or heights."""

    def __init__(self, mode: FollowMode = FollowMode.FOLLOW) -> None:
        self.mode = mode
        self.is_holding = mode is not FollowMode.STAY
        """Whether the view is bound to the end."""
        self.limit: int | None = None
        """Index of the message that may not leave the view at the top."""
        self.has_news = False
        """Whether text has come below since the user let go."""

    def set_mode(self, mode: FollowMode) -> None:
        """Take another mode. What the view is bound to now stays."""
        self.mode = mode
        if mode is FollowMode.STAY:
            self.is_holding = False
        if mode is not FollowMode.QUESTION:
            self.limit = None

    def let_go(self) -> None:
        """The user moves away from the end, by however little."""
        self.is_holding = False
        self.limit = None

    def reach_end(self) -> None:
        """The user has come to the end by scrolling."""
        self.has_news = False
        self.limit = None
        if self.mode is not FollowMode.STAY:
            self.is_holding = True

    def ask(self, index: int) -> None:
        """The user has sent the message with this index."""
        if self.mode is FollowMode.STAY:
            return
        self.is_holding = True
        self.limit = index if self.mode is FollowMode.QUESTION else None

    def follow(self) -> None:
        """The user wants to be at the end, whatever the mode."""
        self.is_holding = True
        self.limit = None
        self.has_news = False
