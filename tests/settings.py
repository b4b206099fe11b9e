"""Settings of the tests: the product's own, with what is slow made fast and what is secret made known.

Insecure on purpose. Nothing in the package imports this module.
"""

import os

from tests import postgres
from throughgate.site import database
from throughgate.site.settings import *  # noqa: F403
from throughgate.vault import installation

installation.hold(b"an installation key for tests 32")

DEMO = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if os.environ.get("THROUGHGATE_TEST_DATABASE") == "postgres":
    DATABASES = {"default": database.postgres(postgres.url())}
else:
    DATABASES = {"default": database.embedded(":memory:")}

# Key derivation at a thousandth of the real cost; openings written before the response leaves.
THROUGHGATE_ARGON2_KIB = 64
THROUGHGATE_LOG_OPENINGS_AT_ONCE = True
