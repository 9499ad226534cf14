"""How many slips of the fingers lie between two words.

Written out here because the library that compares songs takes a quarter of a second to import: too long for the first
mistyped word of the day.
"""


def slips(typed: str, meant: str, most: int) -> int | None:
    """Letters that are wrong, missing, too many, or changed places with the next one; ``None`` for more than ``most``.

    The "optimal string alignment" distance: a row of its table is kept at a time, and the two before it.
    """
    if abs(len(typed) - len(meant)) > most:
        return None
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for at, letter in enumerate(typed, start=1):
        last, before = before, row
        row = [at]
        for other, wanted in enumerate(meant, start=1):
            best = min(before[other] + 1, row[other - 1] + 1, before[other - 1] + (letter != wanted))
            if at > 1 and other > 1 and letter == meant[other - 2] and typed[at - 2] == wanted:
                best = min(best, last[other - 2] + 1)
            row.append(best)
        if min(row) > most and min(before) > most:
            return None
    return row[-1] if row[-1] <= most else None
