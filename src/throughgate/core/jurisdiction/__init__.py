"""When a sentence ends, under dated rules that say how sure they are.

`compute` for sentences, `compute_administrative` for administrative arrests,
`parole_eligibility` for the day to ask, `choose` among dates told by several sources,
`explain` for the reasons in three languages.
"""

from throughgate.core.jurisdiction.choosing import ReleaseDateClaim, choose, in_order
from throughgate.core.jurisdiction.computing import compute
from throughgate.core.jurisdiction.given import (
    Computed,
    Custody,
    Eligibility,
    Extension,
    Line,
    Question,
    Reduction,
    Sentence,
)
from throughgate.core.jurisdiction.other import compute_administrative, parole_eligibility
from throughgate.core.jurisdiction.rules import (
    Article,
    Entitlement,
    Label,
    Rule,
    articles,
    entitlements,
    labels,
    rules,
)
from throughgate.core.jurisdiction.wording import explain, name_rule

__all__ = [
    "Article",
    "Computed",
    "Custody",
    "Eligibility",
    "Entitlement",
    "Extension",
    "Label",
    "Line",
    "Question",
    "Reduction",
    "ReleaseDateClaim",
    "Rule",
    "Sentence",
    "articles",
    "choose",
    "compute",
    "compute_administrative",
    "entitlements",
    "explain",
    "in_order",
    "labels",
    "name_rule",
    "parole_eligibility",
    "rules",
]
