"""The square that an authenticator app reads, as a PNG inside the page: nothing is fetched, nothing is stored."""

from __future__ import annotations

import base64
import struct
import zlib

import qrcode

SCALE = 4  # pixels of a module


def square(text: str) -> str:
    """A ``data:`` address of the picture (QR code, ISO/IEC 18004, error correction M, quiet zone of 4)."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    return "data:image/png;base64," + base64.b64encode(png(code.get_matrix())).decode()


def png(modules: list[list[bool]], scale: int = SCALE) -> bytes:
    """Dark and light modules as a PNG of one bit a pixel (W3C PNG, sections 5 and 11)."""
    side = len(modules) * scale
    lines = []
    for row in modules:
        bits = "".join(("0" if dark else "1") * scale for dark in row)
        bits += "1" * (-len(bits) % 8)
        line = b"\x00" + int(bits, 2).to_bytes(len(bits) // 8, "big")
        lines += [line] * scale
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
