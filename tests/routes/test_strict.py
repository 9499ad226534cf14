"""Query parameters: read by the types of their shape, refused when they say something else."""

from typing import Literal

import pytest
from werkzeug.datastructures import MultiDict

from media_library.errors import InvalidInput
from media_library.routes.shapes import Shape
from media_library.routes.strict import read_query


class Width(Shape):
    w: Literal[342, 780] = 342


def test_a_size_out_of_a_fixed_set_is_read_as_a_number() -> None:
    assert read_query(MultiDict({"w": "780"}), Width).w == 780


@pytest.mark.parametrize("text", ["", "0", "781", "-342", "342.0", "3e2", "NaN", "٣٤٢", "9" * 30, "2147483648"])
def test_threat_67_no_other_size_is_made(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_query(MultiDict({"w": text}), Width)
