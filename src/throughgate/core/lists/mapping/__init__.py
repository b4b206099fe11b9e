"""From headings in three languages to the fields they stand for."""

from throughgate.core.lists.mapping.profiles import Profile, built_in_profiles, recognise
from throughgate.core.lists.mapping.proposing import SURE, ColumnMapping, Proposal, propose
from throughgate.core.lists.mapping.targets import Target

__all__ = ["SURE", "ColumnMapping", "Profile", "Proposal", "Target", "built_in_profiles", "propose", "recognise"]
