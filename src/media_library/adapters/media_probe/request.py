"""What a child that looks into files is asked, a line of JSON for each file."""

import msgspec


class ProbeRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """Look into the file at ``path``; its embedded picture is written to ``cover``, if both are there."""

    path: str
    cover: str | None = None
