"""The network of children: a proxy on loopback whose every connection is made by the egress guard."""

from media_library.adapters.egress_proxy.proxy import EgressProxy

__all__ = ["EgressProxy"]
