"""The commands for the console: what only somebody at the box may do."""

import argparse
import getpass
import sys
from collections.abc import Callable

from media_library.config import Settings, describe
from media_library.constants import PROGRAM, VERSION
from media_library.errors import InvalidInput
from media_library.models.api_key import Scope
from media_library.models.user import Role
from media_library.services import accounts, setup_token, tokens
from media_library.services.adding import Adding
from media_library.services.media_root import MediaRoot
from media_library.services.state_file import open_state, require_safe_place
from media_library.services.tool_check import check_tools, missing_required


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """Carry out one command; returns the exit code."""
    return COMMANDS[arguments.command](settings, arguments)


def prepare(settings: Settings, arguments: argparse.Namespace) -> int:
    """Bring the state up to date, check what the program stands on, and say where it is to be found."""
    require_safe_place(settings)
    state = open_state(settings)
    try:
        secret = tokens.load_secret(settings, may_create=not state.is_claimed())
        accounts.Accounts(state, settings, secret).ensure_initial_admin()
        media_root = MediaRoot(settings, state)
        media_root.prepare()
        if media_root.is_online():
            media_root.require_writable()
        print(f"{PROGRAM} {VERSION}: {describe(settings)}", flush=True)
        if (problem := media_root.problem()) is not None:
            print(problem, flush=True)
        if arguments.mode != "monitor":
            at_home = f"http://localhost:{settings.web_server.port}"
            claimed = state.is_claimed()
            print(f"Open {(claimed and settings.web_server.public_url) or at_home}", flush=True)
            if not claimed:
                token = setup_token.renew(settings)
                print(f"This box belongs to nobody yet. Claim it with the token {token}", flush=True)
    finally:
        state.close()
    return 0


def doctor(settings: Settings, arguments: argparse.Namespace) -> int:
    """List the outside programs; exit code 1 if one that is required is missing."""
    found = check_tools()
    width = max(len(tool.name) for tool in found)
    for tool in found:
        verdict = tool.version or f"missing: {tool.hint}"
        print(f"{tool.name:<{width}}  {verdict:<28}  {tool.needed_for}")
    return 1 if missing_required(found) else 0


def key(settings: Settings, arguments: argparse.Namespace) -> int:
    """Make an API key and print its secret, which is shown only now."""
    unknown = sorted(set(arguments.scope) - set(Scope))
    if unknown:
        raise InvalidInput(f"There is no scope {unknown[0]}. The scopes are {', '.join(Scope)}.")
    state = open_state(settings)
    try:
        print(
            accounts.create_key_for(
                state,
                tokens.load_secret(settings),
                arguments.user,
                arguments.name,
                [Scope(scope) for scope in arguments.scope],
                arguments.days,
            )
        )
    finally:
        state.close()
    return 0


def password(settings: Settings, arguments: argparse.Namespace) -> int:
    """Set a person's password; their sessions end. The way back in when it was forgotten."""
    new = getpass.getpass("New password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    state = open_state(settings)
    try:
        accounts.reset_password(state, arguments.username, new)
    finally:
        state.close()
    print(f"The password of {arguments.username} was changed.")
    return 0


def add(settings: Settings, arguments: argparse.Namespace) -> int:
    """Tell what is at an address, and queue or subscribe to it; the running program fetches it."""
    from media_library.web_server import create_web  # it brings the whole web app, which no other command needs

    state = open_state(settings)
    try:
        services = create_web(state, settings).services
        actor = services.accounts.identify_console(arguments.user)
        if actor is None or actor.user.role is Role.KID:
            raise InvalidInput("There is no such person who may add anything. Name one by --user.")
        found = services.examiner.examine(actor.viewer, arguments.url)
        for reading in found.readings:
            print(f"{reading.kind:<14} {reading.title}{f' ({reading.detail})' if reading.detail else ''}")
        chosen = next((one for one in found.readings if arguments.read_as in (None, one.kind)), None)
        if chosen is None:
            raise InvalidInput(f"This address cannot be read as {arguments.read_as}.")
        adding = Adding(
            services.downloads,
            services.articles,
            services.books,
            services.collections,
            services.podcasts,
        )
        added = adding.add(actor, chosen, audio_only=arguments.audio_only)
    finally:
        state.close()
    print("It is here, or on its way, already." if added.existing else f"Added as {chosen.kind}.")
    return 0


def audit(settings: Settings, arguments: argparse.Namespace) -> int:
    """Check the chain of the audit trail; exit code 1 names the first entry that does not fit."""
    state = open_state(settings)
    try:
        broken = state.first_broken_audit_entry()
    finally:
        state.close()
    print("The audit trail is whole." if broken is None else f"Entry {broken} was changed, removed or inserted.")
    return 0 if broken is None else 1


def backup(settings: Settings, arguments: argparse.Namespace) -> int:
    """Write a checked backup of the state and print its path."""
    state = open_state(settings)
    try:
        print(state.backup("by-hand"))
    finally:
        state.close()
    return 0


COMMANDS: dict[str, Callable[[Settings, argparse.Namespace], int]] = {
    "prepare": prepare,
    "doctor": doctor,
    "key": key,
    "password": password,
    "add": add,
    "audit": audit,
    "backup": backup,
}
