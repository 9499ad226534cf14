"""Tells the browsers what waits: a few messages at a time, and again later where a push service is in trouble."""

import logging
import threading
from collections.abc import Iterable

import msgspec

from media_library.adapters.http import HttpClient, RequestFailed
from media_library.adapters.web_push import PushGone, WebPush
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import InvalidInput, NotFound
from media_library.models.notice import MAY_HEAR, Message, Notice, PushSubscription, Topic
from media_library.models.user import Role, User
from media_library.repositories.base import now_ms
from media_library.services.notices.keys import find_push_key
from media_library.services.notices.wording import LANGUAGES, message_of, summary_of

log = logging.getLogger(__name__)

_WAIT_SECONDS = 5.0
_GATHER_SECONDS = 20.0
_MOST_BROWSERS = 50
_MOST_NOTICES = 500
_ONE_BY_ONE = 3
_FRESH_MS = 24 * 3600 * 1000
_PAUSES_SECONDS = (30, 120, 600, 3600, 6 * 3600)
_MOST_FAILURES = 12
_URGENT = frozenset({Topic.DISC_NEEDS_YOU, Topic.DISK_FULL})


def push_contact(settings: Settings) -> str:
    """Where operators of push services find somebody, as they demand (RFC 8292, 2.1)."""
    url = settings.web_server.public_url
    return url if url.startswith("https://") else "mailto:media-library@example.org"


class Teller:
    """One loop. What happens within ``gather_seconds`` reaches a browser together."""

    def __init__(
        self, settings: Settings, state: AppState, http: HttpClient, *, gather_seconds: float = _GATHER_SECONDS
    ) -> None:
        self._settings = settings
        self._state = state
        self._http = http
        self._gather_ms = int(gather_seconds * 1000)

    def step(self, stop: threading.Event) -> None:
        """Tell whoever is to be told, then wait."""
        self.tell(stop)
        stop.wait(_WAIT_SECONDS)

    def tell(self, stop: threading.Event) -> None:
        """Tell every browser that may be told now."""
        waiting = self._state.pushes_to_tell(_MOST_BROWSERS)
        key = find_push_key(self._settings) if waiting else None
        if key is None:
            return
        push = WebPush(self._http, key, push_contact(self._settings))
        for browser in waiting:
            if stop.is_set():
                return
            self._tell(push, browser)

    def _tell(self, push: WebPush, browser: PushSubscription) -> None:
        notices = self._state.notices_after(browser.told, _MOST_NOTICES)
        try:
            user = self._state.get_user(browser.user_id)
            for message in self._messages(user, browser, notices):
                send(push, browser, message)
        except PushGone:
            self._state.forget_push(browser.id)
        except (RequestFailed, InvalidInput) as error:
            self._put_off(browser, error)
        except NotFound:
            return  # the person was removed just now, and the browser with them
        else:
            self._state.push_told(browser.id, notices[-1].id, now_ms() + self._gather_ms)

    def _messages(self, user: User, browser: PushSubscription, notices: Iterable[Notice]) -> list[Message]:
        by_topic: dict[Topic, list[Notice]] = {}
        for notice in notices:
            if notice.topic in browser.topics and self._may_hear(user, notice):
                by_topic.setdefault(notice.topic, []).append(notice)
        chosen = self._state.personal_choices(user.id).language
        language = chosen if chosen in LANGUAGES else browser.language
        messages = []
        for group in by_topic.values():
            if len(group) > _ONE_BY_ONE:
                messages.append(summary_of(group, language))
            else:
                messages += [message_of(notice, language) for notice in group]
        return messages

    def _may_hear(self, user: User, notice: Notice) -> bool:
        """Nobody hears of what is not for their role, of what another asked for, or of what they may not see."""
        facts = notice.facts
        if user.role not in MAY_HEAR[notice.topic] or now_ms() - notice.created_at > _FRESH_MS:
            return False
        if facts.user_id is not None and facts.user_id != user.id and user.role is not Role.ADMIN:
            return False
        if facts.media_id is None:
            return True
        try:
            return self._state.media_for(self._state.viewer(user), facts.media_id).deleted_at is None
        except NotFound:
            return False

    def _put_off(self, browser: PushSubscription, error: RequestFailed | InvalidInput) -> None:
        if browser.failures + 1 >= _MOST_FAILURES:
            log.info("%s of a person is told no more: %s", browser.device, error)
            self._state.forget_push(browser.id)
            return
        pause = float(_PAUSES_SECONDS[min(browser.failures, len(_PAUSES_SECONDS) - 1)])
        asked = error.retry_after_seconds if isinstance(error, RequestFailed) else None
        log.info("%s could not be told and is tried again later: %s", browser.device, error)
        self._state.push_failed(browser.id, now_ms() + int(max(pause, asked or 0.0) * 1000))


def send(push: WebPush, browser: PushSubscription, message: Message) -> None:
    """Hand one message over. Raises like ``WebPush.send``."""
    urgent = message.topic in _URGENT
    push.send(browser.endpoint, browser.p256dh, browser.auth, msgspec.json.encode(message), urgent=urgent)
