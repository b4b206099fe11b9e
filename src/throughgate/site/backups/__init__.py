"""A backup is one age file: the database, the sealed files, and what opens them again.

================  ====================================================================================
`manifest.json`   what made it, when, of which kind; for the embedded database, the key of its copy
`database/...`    the embedded database under a key of its own, or the tables of PostgreSQL in parts
`files/...`       the sealed files as they lie in their folder
================  ====================================================================================
"""

MANIFEST = "manifest.json"
DATABASE = "database/throughgate.db"
TABLES = "database/tables/"
FILES = "files/"
FORMAT = 1
