"""The browsers of a person that are told, and what each is told of."""

from media_library.adapters.http import HttpClient, RequestFailed
from media_library.adapters.web_push import PushGone, WebPush, require_push_address, seal
from media_library.adapters.web_push.base64url import decoded
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import Conflict, InvalidInput, NotFound
from media_library.models.identity import Identity
from media_library.models.notice import NewPush, PushSubscription, Topic, topics_for
from media_library.services.notices.keys import push_key
from media_library.services.notices.telling import push_contact, send
from media_library.services.notices.wording import test_message


class Subscriptions:
    """What the settings of messages do."""

    def __init__(self, settings: Settings, state: AppState, http: HttpClient) -> None:
        self._settings = settings
        self._state = state
        self._http = http

    def public_key(self) -> str:
        """What a browser subscribes with, base64url."""
        return push_key(self._settings).public()

    def keep(self, who: Identity, browser: NewPush, topics: frozenset[Topic]) -> PushSubscription:
        """Tell this browser from now on. Raises ``InvalidInput`` for an address or keys that can be none."""
        require_push_address(browser.endpoint)
        try:
            seal(b"", decoded(browser.p256dh), decoded(browser.auth))
        except ValueError as error:
            raise InvalidInput("The keys of this browser are none. Switch messages off and on again.") from error
        session = None if who.session is None else who.session.id
        return self._state.keep_push(who.user.id, session, browser, topics & frozenset(topics_for(who.user.role)))

    def change(self, who: Identity, push_id: str, topics: frozenset[Topic]) -> PushSubscription:
        """Choose what a browser is told of; raises ``NotFound``."""
        return self._state.change_push_topics(push_id, who.user.id, topics & frozenset(topics_for(who.user.role)))

    def try_out(self, who: Identity, push_id: str) -> None:
        """Send a message to one's own browser now. Raises ``NotFound``, or ``Conflict`` if it does not arrive."""
        browser = next((one for one in self._state.pushes_of(who.user.id) if one.id == push_id), None)
        if browser is None:
            raise NotFound("This browser gets no messages.")
        push = WebPush(self._http, push_key(self._settings), push_contact(self._settings))
        try:
            send(push, browser, test_message(browser.language))
        except PushGone as error:
            self._state.forget_push(browser.id)
            raise Conflict("This browser takes no messages any more. Switch them off and on again.") from error
        except RequestFailed as error:
            raise Conflict(f"The message could not be sent: {error}") from error
