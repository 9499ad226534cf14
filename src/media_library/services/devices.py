"""Readable names for the browsers that people sign in with."""

import re

_BROWSERS = (
    ("Edg", "Edge"),
    ("EdgA", "Edge"),
    ("EdgiOS", "Edge"),
    ("OPR", "Opera"),
    ("Vivaldi", "Vivaldi"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("HeadlessChrome", "Chrome"),
    ("Chromium", "Chromium"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""Products in the order in which they are looked for: most also claim to be those further down."""

_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Tizen", "Samsung TV"),
    ("Web0S", "LG TV"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)
_PROGRAM = re.compile(r"([A-Za-z][A-Za-z0-9._-]{0,31})(?:/|$)")


def device_name(user_agent: str) -> str:
    """Such as “Chrome on macOS”, “curl”, or “Unknown device”; never longer than 40 characters."""
    if user_agent.startswith("Mozilla/"):
        products = re.findall(r"([A-Za-z]+)/", user_agent)
        browser = next((name for product, name in _BROWSERS if product in products), "Browser")
        system = next((name for mark, name in _SYSTEMS if mark in user_agent), None)
        return browser if system is None else f"{browser} on {system}"
    program = _PROGRAM.match(user_agent)
    return program[1] if program else "Unknown device"
