"""What a corrected name of a disc means for what was ripped from it."""

from dataclasses import replace

from media_library.app_state import AppState
from media_library.models.disc import Disc, DiscNames
from media_library.models.media import Media, MediaNames, MediaType
from media_library.repositories.media_repo import IdentifiedMedia


def correct_media(state: AppState, before: DiscNames, disc: Disc) -> list[str]:
    """Give films and episodes that are still called as the disc was the new names; returns their ids.

    What a person or a service named since stays as it is.
    """
    corrected = []
    for media in state.media_of_disc(disc.id):
        names = _corrected(media, before, disc.names)
        if names is not None and names != media.names:
            corrected.append(IdentifiedMedia(media.id, names, media.overview))
    state.name_identified(corrected)
    return [one.media_id for one in corrected]


def _corrected(media: Media, before: DiscNames, after: DiscNames) -> MediaNames | None:
    names, locked = media.names, media.locked
    if media.media_type is MediaType.EPISODE:
        if names.show_title != before.title or "show_title" in locked:
            return None
        is_season_known = "season" in locked or after.season is None or names.season != (before.season or 1)
        return replace(names, show_title=after.title, season=names.season if is_season_known else after.season)
    if media.media_type is MediaType.MOVIE and "title" not in locked:
        extra = names.title.removeprefix(before.title)
        if extra == "" or (names.title.startswith(before.title) and extra.startswith(" - Extra ")):
            return replace(names, title=after.title + extra)
    return None
