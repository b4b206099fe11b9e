"""Settings of the tests: the product's own, with what is slow made fast and what is secret made known.

Insecure on purpose. Nothing in the package imports this module.
"""

import atexit
import os
import shutil
import tempfile

from tests import postgres
from throughgate.vault import installation

# Neither the operator's settings nor the operator's folder have a part in the tests.
for name in [name for name in os.environ if name.startswith("THROUGHGATE_") and "_TEST_" not in name]:
    del os.environ[name]
# Made by what writes into it, if anything does.
os.environ["THROUGHGATE_HOME"] = HOME = f"{tempfile.gettempdir()}/throughgate-tests-{os.getpid()}"
shutil.rmtree(HOME, ignore_errors=True)
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
installation.hold(b"an installation key for tests 32")

from throughgate.site import database  # noqa: E402 (reads the environment)
from throughgate.site.settings import *  # noqa: E402, F403

DEMO = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if os.environ.get("THROUGHGATE_TEST_DATABASE") == "postgres":
    DATABASES = {"default": database.postgres(postgres.url())}
else:
    DATABASES = {"default": database.embedded(":memory:")}

# Key derivation at a thousandth of the real cost; openings written before the response leaves.
THROUGHGATE_ARGON2_KIB = 64
# Members of the cast sign in with a passphrase alone; tests of the second factor turn it on.
THROUGHGATE_SECOND_FACTOR = False
THROUGHGATE_AT_ONCE = True
