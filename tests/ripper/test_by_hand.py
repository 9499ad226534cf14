"""What a person says of a disc counts, whatever the proportions of its titles tell."""

from media_library.models.disc import Disc, DiscContent, DiscNames, DiscTitle, TitleRole
from media_library.models.drive import DiscKind
from media_library.ripper.by_hand import as_said
from media_library.ripper.order import RipPlan

FILM = RipPlan(
    DiscContent.FILM,
    (
        DiscTitle(1, 90_000, role=TitleRole.FEATURE, chosen=True),
        DiscTitle(2, 60_000, role=TitleRole.EXTRA),
        DiscTitle(3, 5_000, role=TitleRole.EXTRA),
        DiscTitle(4, 90_000, role=TitleRole.DECOY),
    ),
    "Two titles are close.",
)
SHOW = RipPlan(
    DiscContent.SHOW,
    (
        DiscTitle(1, 66_000, role=TitleRole.PLAY_ALL),
        DiscTitle(2, 22_000, role=TitleRole.EPISODE, chosen=True),
        DiscTitle(3, 23_000, role=TitleRole.EPISODE, chosen=True),
        DiscTitle(4, 21_000, role=TitleRole.EPISODE, chosen=True),
    ),
)


def disc(content: DiscContent | None, *, by_hand: bool = True) -> Disc:
    names = DiscNames("Title", by_hand=by_hand)
    return Disc("id", "dvd:1", DiscKind.DVD, "LABEL", names, content, (), None, 0, 0, None)


def roles(plan: RipPlan) -> dict[int, TitleRole]:
    return {title.index: title.role for title in plan.chosen}


def test_a_plan_of_which_nobody_said_anything_stays() -> None:
    assert as_said(FILM, disc(None), ()) == FILM
    assert as_said(SHOW, disc(DiscContent.SHOW), ()) == SHOW


def test_what_an_earlier_scan_thought_is_not_what_a_person_said() -> None:
    assert as_said(SHOW, disc(DiscContent.FILM, by_hand=False), ()) == SHOW


def test_a_film_that_is_a_show_gives_its_longer_titles_as_episodes() -> None:
    plan = as_said(FILM, disc(DiscContent.SHOW), ())
    assert plan.content is DiscContent.SHOW
    assert roles(plan) == {1: TitleRole.EPISODE, 2: TitleRole.EPISODE}
    assert plan.review_reason is None


def test_chosen_titles_of_a_show_are_its_episodes_however_short() -> None:
    assert roles(as_said(FILM, disc(DiscContent.SHOW), (3, 4))) == {3: TitleRole.EPISODE, 4: TitleRole.EPISODE}


def test_a_show_that_is_a_film_gives_its_longest_title() -> None:
    plan = as_said(SHOW, disc(DiscContent.FILM), ())
    assert (plan.content, roles(plan)) == (DiscContent.FILM, {1: TitleRole.FEATURE})


def test_of_the_chosen_titles_of_a_film_the_longest_is_the_film() -> None:
    plan = as_said(SHOW, disc(DiscContent.FILM), (2, 3))
    assert roles(plan) == {2: TitleRole.EXTRA, 3: TitleRole.FEATURE}


def test_an_extra_chosen_alone_becomes_the_film() -> None:
    assert roles(as_said(FILM, disc(None), (2,))) == {2: TitleRole.FEATURE}


def test_a_number_that_is_not_on_the_disc_chooses_nothing() -> None:
    assert as_said(FILM, disc(None), (9,)).chosen == ()
