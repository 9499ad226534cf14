"""The one way out: resolves a name once, judges every address it has, and connects to one that was judged.

Whatever is fetched for people, by us or by a child through the proxy, is connected here. Names and addresses come from
pages, feeds and people; none may lead into the house, to this machine or to a neighbour in a data centre.
"""

from media_library.adapters.egress.connecting import Resolve
from media_library.adapters.egress.guard import WEB_PORTS, Egress, EgressRefused
from media_library.adapters.egress.judgement import is_own, judge
from media_library.adapters.egress.names import hosts_of, normal_host

__all__ = ["WEB_PORTS", "Egress", "EgressRefused", "Resolve", "hosts_of", "is_own", "judge", "normal_host"]
