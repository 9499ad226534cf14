"""Messages to browsers by Web Push: sealed so that only the browser reads them, signed so that only we send them."""

from media_library.adapters.web_push.encryption import seal
from media_library.adapters.web_push.sending import PushGone, WebPush, require_push_address
from media_library.adapters.web_push.vapid import PushKey

__all__ = ["PushGone", "PushKey", "WebPush", "require_push_address", "seal"]
