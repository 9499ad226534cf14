"""Who may do what: every route declares its policy, and one function decides before anything else runs."""

import ipaddress
from dataclasses import dataclass
from enum import StrEnum

from werkzeug.wrappers import Request, Response

from media_library.errors import Forbidden, NobodyChosen, Unauthenticated
from media_library.models.api_key import Scope
from media_library.models.identity import Identity, SignIn
from media_library.models.user import Role
from media_library.repositories.base import now_ms
from media_library.routes.origins import Origins
from media_library.services.accounts import Accounts

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""The methods that never change anything."""


class Access(StrEnum):
    """The policies. A route has exactly one."""

    PUBLIC = "public"
    WATCH = "watch"
    MANAGE = "manage"
    ADMIN = "admin"
    OWN_ACCOUNT = "own_account"
    HERE = "here"
    CHOOSE = "choose"
    RIP = "rip"
    METRICS = "metrics"


@dataclass(frozen=True, slots=True)
class Policy:
    """Whose role may pass, whether by a browser's session, and by a key of which scope (``None``: by no key).

    On a shared screen a PIN or nothing at all is asked, so that there only what is watched passes (``on_shared``), and
    after a long time without a touch only what is needed to say who is there (``when_lapsed``).
    """

    roles: frozenset[Role]
    by_session: bool
    scope: Scope | None
    on_shared: bool = False
    when_lapsed: bool = False


_FORWARDING_PREFIXES = ("cf-", "x-forwarded", "x-original-")
_FORWARDING = frozenset(
    {"forwarded", "via", "cdn-loop", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "true-client-ip"}
)
_EVERYBODY = frozenset(Role)
_ADMIN = frozenset({Role.ADMIN})

POLICIES: dict[Access, Policy] = {
    Access.WATCH: Policy(_EVERYBODY, by_session=True, scope=Scope.READ, on_shared=True),
    Access.MANAGE: Policy(frozenset({Role.ADMIN, Role.MEMBER}), by_session=True, scope=Scope.MANAGE),
    Access.ADMIN: Policy(_ADMIN, by_session=True, scope=None),
    Access.OWN_ACCOUNT: Policy(_EVERYBODY, by_session=True, scope=None),
    Access.HERE: Policy(_EVERYBODY, by_session=True, scope=None, on_shared=True),
    Access.CHOOSE: Policy(_EVERYBODY, by_session=True, scope=None, on_shared=True, when_lapsed=True),
    Access.RIP: Policy(_ADMIN, by_session=False, scope=Scope.RIP),
    Access.METRICS: Policy(_ADMIN, by_session=True, scope=Scope.METRICS),
}
"""What each policy but ``PUBLIC`` asks for."""


@dataclass(frozen=True, slots=True)
class CookieNames:
    """Under which names a browser keeps its tokens; over HTTPS the ``__Host-`` names, which bind them to the host."""

    session: str
    device: str
    secure: bool


_SECURE = CookieNames("__Host-session", "__Host-device", secure=True)
_HOUSE = CookieNames("session", "device", secure=False)


class Gatekeeper:
    """Finds out who asks and decides; raises ``Unauthenticated``, ``Forbidden``, ``TooManyRequests``."""

    def __init__(self, accounts: Accounts, origins: Origins) -> None:
        self._accounts = accounts
        self.origins = origins

    def admit(self, request: Request, access: Access) -> Identity | None:
        """Who asks, if they may; ``None`` for a stranger at a public route.

        A key decides alone when one is shown. Otherwise the cookie counts, and then only for reading or from our own
        pages: a browser adds the Origin to whatever a foreign page makes it send.
        """
        key = bearer_key(request)
        if key is not None and access is not Access.PUBLIC:
            identity = self._accounts.identify_key(key, address_of(request))
            if identity is None:
                raise Unauthenticated("This key is not valid. It may have expired, or somebody deleted it.")
        else:
            identity = self.identify_browser(request)
            if request.method not in SAFE_METHODS:
                self.require_own_page(request, strict=identity is not None or self._has_session_cookie(request))
        if access is Access.PUBLIC:
            return identity
        if identity is None:
            raise Unauthenticated("Sign in first.")
        _require(identity, POLICIES[access])
        return identity

    def identify_browser(self, request: Request) -> Identity | None:
        """Whose browser this is, by its cookie; where signing in is off, the admin's, on this machine."""
        token = request.cookies.get(self.cookie_names(request).session)
        identity = None if token is None else self._accounts.identify_session(token, address_of(request))
        if identity is None and is_loopback(address_of(request)) and not was_forwarded(request):
            return self._accounts.identify_local()
        return identity

    def require_own_page(self, request: Request, *, strict: bool) -> None:
        """Raise ``Forbidden`` if a foreign page sent this; when ``strict`` also if it cannot be told who sent it."""
        origin = request.headers.get("Origin")
        if origin is None:
            if strict or request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
                raise Forbidden("This request does not tell which page it came from: the Origin header is missing.")
        elif not self.origins.is_own_origin(origin, request.scheme, request.headers.get("Host", "")):
            raise Forbidden(
                "This request came from a page of another site. If it is yours, set PUBLIC_URL to its address."
            )

    def cookie_names(self, request: Request) -> CookieNames:
        """Which cookies count for this request."""
        return _SECURE if self.origins.is_public_https(request.headers.get("Host", "")) else _HOUSE

    def device_token(self, request: Request) -> str | None:
        """The token by which this browser is known from an earlier sign-in."""
        return request.cookies.get(self.cookie_names(request).device)

    def session_token(self, request: Request) -> str | None:
        """The token of the session that this browser shows, alive or not."""
        return request.cookies.get(self.cookie_names(request).session)

    def keep_sign_in(self, request: Request, response: Response, sign_in: SignIn) -> None:
        """Give the browser the cookies of a fresh session."""
        names = self.cookie_names(request)
        age = max(0, (sign_in.expires_at - now_ms()) // 1000)
        for name, value in ((names.session, sign_in.session_token), (names.device, sign_in.device_token)):
            response.set_cookie(name, value, max_age=age, path="/", secure=names.secure, httponly=True, samesite="Lax")

    def forget_sign_in(self, request: Request, response: Response) -> None:
        """Take the session cookie from the browser; the browser stays known."""
        names = self.cookie_names(request)
        response.delete_cookie(names.session, path="/", secure=names.secure, httponly=True, samesite="Lax")

    def _has_session_cookie(self, request: Request) -> bool:
        return self.cookie_names(request).session in request.cookies


def address_of(request: Request) -> str:
    """The address of the TCP peer."""
    return request.remote_addr or ""


def is_loopback(address: str) -> bool:
    """Whether a peer is on this machine."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return (mapped or parsed).is_loopback


def was_forwarded(request: Request) -> bool:
    """Whether a proxy or tunnel admits to have passed this on. That none does proves nothing."""
    names = [name.lower() for name, _ in request.headers]
    return any(name in _FORWARDING or name.startswith(_FORWARDING_PREFIXES) for name in names)


def bearer_key(request: Request) -> str | None:
    """The key in ``Authorization: Bearer``; other schemes belong to a proxy and are none of our business."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else None


def _require(identity: Identity, policy: Policy) -> None:
    if identity.key is None:
        if not policy.by_session:
            raise Forbidden("Only a program with an API key may do this.")
    elif policy.scope is None:
        raise Forbidden("A key may not do this. Sign in with a browser.")
    elif policy.scope not in identity.key.scopes:
        raise Forbidden(f"This key does not have the scope {policy.scope}.")
    if identity.is_lapsed and not policy.when_lapsed:
        raise NobodyChosen("Nobody touched this screen for a while. Say who is watching.")
    if identity.is_shared and not policy.on_shared:
        raise Forbidden("This is a shared screen, on which people watch. Do this in a browser of your own.")
    if identity.user.role not in policy.roles:
        raise Forbidden("You may not do this. An admin can.")
