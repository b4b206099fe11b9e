"""How much a list may hold. Far above any real list, far below what would stop the server."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, cells in characters (a spreadsheet itself stops at 32,767)."""

    file_bytes: int = 64 * MIB
    unpacked_bytes: int = 512 * MIB
    # Sheets of a spreadsheet pack 10 to 60 times; a ratio is looked at only above 32 MiB.
    packing_ratio: int = 250
    parts: int = 5_000
    rows: int = 200_000
    columns: int = 400
    cell_length: int = 32_767
    # For the process that opens office files.
    memory_bytes: int = 2048 * MIB
    seconds: int = 90


DEFAULT_LIMITS = Limits()
