"""Belarus: oblasts, raions, settlements, places of detention, and a map.

`match_institution("ПК №2, Бабруйск")` finds a place of detention in free text;
`oblast_map([...])` draws points on the borders of the oblasts. Wherever coordinates or the map
are shown, `ATTRIBUTION` must be readable (the map carries it).
"""

from throughgate.core.geo.maps import MapPoint, oblast_map
from throughgate.core.geo.matching import Match, match_institution
from throughgate.core.geo.tables import (
    ATTRIBUTION,
    PLACE_KINDS,
    VERSION,
    Institution,
    Oblast,
    Raion,
    Settlement,
    institution,
    institutions,
    oblasts,
    raions,
    settlements,
)

__all__ = [
    "ATTRIBUTION",
    "PLACE_KINDS",
    "VERSION",
    "Institution",
    "MapPoint",
    "Match",
    "Oblast",
    "Raion",
    "Settlement",
    "institution",
    "institutions",
    "match_institution",
    "oblast_map",
    "oblasts",
    "raions",
    "settlements",
]
