"""Photos and the videos of the family: when and where they were taken, never what film their name may be.

    HomeMedia(settings, state, media_root).facts(file: Path, reading: NameReading) -> HomeFacts
    HomeMedia(…).enter(media_id: str, facts: HomeFacts) -> None    after the media row: writes ``photos`` and the picture

For the scanner: call ``facts`` for a file whose role is main in a HOME library (or an image in a MIXED one); it raises
``FileRefused`` with the reason in one sentence for what is no picture. ``HomeFacts.names`` are the MediaNames,
``HomeFacts.media_type`` is PHOTO or HOME_VIDEO, ``HomeFacts.published_at`` the moment in ms.
"""
