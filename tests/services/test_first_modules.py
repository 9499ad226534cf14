"""Which scripts the first page is made of."""

from pathlib import Path

from media_library.services.assets import ROOT
from media_library.services.first_modules import first_modules


def test_what_is_imported_at_once_is_found_nearest_first_and_what_comes_later_is_not(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "app.js").write_text(
        'import { html } from "htm/preact";\nimport {\n  a,\n  b,\n} from "./a.js";\nimport "./parts/c.js";\n'
        '/** @import { X } from "./types.js" */\nconst later = () => import("./later.js");\n'
    )
    (tmp_path / "a.js").write_text('export * from "./parts/d.js";\nexport const b = 1;\n')
    (tmp_path / "parts" / "c.js").write_text('import { a } from "../a.js";\nimport { gone } from "./gone.js";\n')
    (tmp_path / "parts" / "d.js").write_text('export const from = "./later.js";\n')
    for name in ("types.js", "later.js"):
        (tmp_path / name).touch()
    assert first_modules(tmp_path) == ("a.js", "parts/c.js", "parts/d.js")


def test_the_first_page_is_made_of_its_view_and_not_of_others() -> None:
    found = first_modules(ROOT / "static" / "js")
    assert {"store.js", "strings.js", "wording.js", "views/home.js", "components/card.js"} <= set(found)
    assert not {"views/films.js", "strings_pages.js", "player/engine.js"} & set(found)
    assert all((ROOT / "static" / "js" / name).is_file() for name in found)
