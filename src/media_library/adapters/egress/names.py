"""Names of hosts: how they are compared, and those that a configuration names."""

from urllib.parse import urlsplit


def normal_host(host: str) -> str:
    """A host name or address as it is compared: lower case, IDNA, without brackets and the dot at its end.

    Raises ``ValueError`` if it can be no host.
    """
    bare = host.removeprefix("[").removesuffix("]").removesuffix(".")
    try:
        plain = bare if ":" in bare else bare.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError(f"{host!r} is no host.") from error
    plain = plain.lower()
    allowed = "0123456789abcdef:." if ":" in plain else "0123456789abcdefghijklmnopqrstuvwxyz-._"
    if not plain or len(plain) > 253 or plain.strip(allowed):
        raise ValueError(f"{host!r} is no host.")
    return plain


def hosts_of(*urls: str) -> tuple[str, ...]:
    """The entries that allow the hosts of addresses from the configuration; empty addresses have none."""
    parts = [urlsplit(url) for url in urls if url]
    return tuple(
        f"[{part.hostname}]:{part.port or _default_port(part.scheme)}"
        if ":" in part.hostname
        else f"{part.hostname}:{part.port or _default_port(part.scheme)}"
        for part in parts
        if part.hostname
    )


def _default_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80
