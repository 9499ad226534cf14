"""Finds the film on a disc among its trailers, extras, other cuts and decoys."""

from collections.abc import Sequence
from dataclasses import dataclass

from media_library.models.disc import DiscTitle
from media_library.services.title_selection.likeness import best, is_richer, is_same_work, languages

_CLOSE = 0.95
_ANOTHER_CUT = 0.8
_MENU_IS_BELIEVED = 0.5


@dataclass(frozen=True, slots=True)
class Film:
    """The film, the titles that only pretend to be it, and why somebody should look at the choice."""

    feature: DiscTitle
    decoys: tuple[DiscTitle, ...] = ()
    review_reason: str | None = None


def find_film(titles: Sequence[DiscTitle]) -> Film:
    """The film among titles that are free of duplicates; there must be one title at least."""
    longest = max(title.duration_ms for title in titles)
    flagged = [title for title in titles if title.is_main_feature]
    believed = [title for title in flagged if title.duration_ms >= _MENU_IS_BELIEVED * longest]
    standard = believed[0].duration_ms if believed else longest
    close = [title for title in titles if _are_close(title.duration_ms, standard)]
    feature = best(close)
    rivals = [title for title in titles if title is not feature and _is_rival(title, feature)]
    decoys = tuple(title for title in rivals if _is_decoy(title, feature))
    return Film(feature, decoys, _reason(feature, rivals, decoys, ignored=[*flagged] if not believed else []))


def _are_close(one: int, other: int) -> bool:
    return min(one, other) >= _CLOSE * max(one, other)


def _is_rival(title: DiscTitle, feature: DiscTitle) -> bool:
    """Whether a person might mean this title: as long, or another cut of the same film."""
    if _are_close(title.duration_ms, feature.duration_ms) or is_same_work(title, feature):
        return True
    as_rich = languages(title) == languages(feature) and len(title.chapters) >= _ANOTHER_CUT * len(feature.chapters)
    if title.duration_ms > feature.duration_ms:
        return is_richer(title, feature) or (as_rich and len(feature.chapters) > 1)
    return title.duration_ms >= _ANOTHER_CUT * feature.duration_ms and as_rich and len(feature.chapters) > 1


def _is_decoy(title: DiscTitle, feature: DiscTitle) -> bool:
    """As long as the film, and either poorer or made of its chapters."""
    alike = _are_close(title.duration_ms, feature.duration_ms)
    return alike and (is_richer(feature, title) or is_same_work(title, feature))


def _reason(
    feature: DiscTitle,
    rivals: Sequence[DiscTitle],
    decoys: Sequence[DiscTitle],
    ignored: Sequence[DiscTitle],
) -> str | None:
    if not rivals:
        if ignored:
            return f"The menu leads to title {ignored[0].index}, but title {feature.index} is far longer. Check it."
        return None
    why = "it has the most languages, chapters and subtitles" if decoys else "the menu or its length speaks for it"
    if len(rivals) > 3:
        return f"{len(rivals)} other titles could be the film too. Title {feature.index} was taken: {why}."
    others = " and ".join(f"title {title.index}" for title in rivals)
    return f"The film could also be {others}. Title {feature.index} was taken: {why}."
