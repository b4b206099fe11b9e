"""What the server serves. Refuses to start while a route has no right."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughgate.site.settings")
application = get_wsgi_application()

from throughgate.access.routes import require_rights  # noqa: E402  (needs the apps to be loaded)

require_rights()
