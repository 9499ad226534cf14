"""Films, shows and albums as works: what is known, what waits for a person, who had a part."""

from media_library.services.works.desk import ItemChange, MatchChanges, Works
from media_library.services.works.keys import key_of
from media_library.services.works.views import Saga, Views, WorkView

__all__ = ["ItemChange", "MatchChanges", "Saga", "Views", "WorkView", "Works", "key_of"]
