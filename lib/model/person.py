"""`Person`: somebody who signed in to this app and was let in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """`name` is what people read; `key` tells one person from all others for good, whatever becomes of their address.

    An address may pass to somebody else; what a provider calls a person (issuer and subject) never does, see
    https://openid.net/specs/openid-connect-core-1_0.html#ClaimStability.
    """

    name: str
    key: str
