"""Row keys, made before saving so that a sealed field can be bound to its place."""

import uuid

import uuid_utils.compat


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): sorts by the moment it was made, says nothing else."""
    return uuid_utils.compat.uuid7()
