"""The embedded database: SQLite, encrypted as a whole by SQLCipher.

Name ``throughgate.site.database.sqlcipher`` as ``ENGINE``. ``OPTIONS["key"]`` is the raw 256-bit
key, 64 hexadecimal digits, or a function of no arguments that returns them; a passphrase is
stretched once, elsewhere, and never reaches this module (SQLCipher would stretch it again for
every connection).
"""
