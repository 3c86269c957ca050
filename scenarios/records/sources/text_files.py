"""Text as files have it: compressed or not, in whatever encoding, becomes plain UTF-8."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scenarios.records.problems import refused
from scenarios.records.report import Finding

_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_GZIP_BITS = 31
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "is an old Excel file (.xls)", "Save it as .xlsx or CSV."),
    (b"PK\x03\x04", "is a zip archive", "Unpack it and name the files in it."),
    (b"%PDF", "is a PDF", "Export the report as CSV or .xlsx."),
    (b"\x28\xb5\x2f\xfd", "is compressed with zstd", "Unpack it, or compress it with gzip."),
    (b"BZh", "is compressed with bzip2", "Unpack it, or compress it with gzip."),
    (b"\xfd7zXZ", "is compressed with xz", "Unpack it, or compress it with gzip."),
    (b"SQLite format", "is a database", "Export the table as CSV."),
)


@dataclass(frozen=True)
class PlainText:
    """A file of UTF-8 text with the first characters of it, and what was found on the way."""

    path: Path
    head: str
    findings: tuple[Finding, ...]


def plain_text(path: Path, folder: Path, name: str) -> PlainText:
    """The text of a file as UTF-8 with line feeds, in the file itself or in a copy in `folder`.

    Raises:
        RecordsError: if it is no text, or empty.
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        magic = file.read(16)
    for sign, rule, hint in _REFUSED:
        if magic.startswith(sign):
            raise refused(name, rule, hint)
    findings: list[Finding] = []
    sample = next(_chunks(path, []), b"")
    encoding = _encoding(sample)
    copy = folder / f"{len(list(folder.iterdir()))}.csv"
    if not _written(path, copy, encoding, findings):
        encoding = "cp1252"
        findings.clear()
        _written(path, copy, encoding, findings)
    if encoding not in {"utf-8-sig"}:
        findings.append(
            Finding(f"The text is not UTF-8 but {_called(encoding)}.", 0, "It was converted.")
        )
    with copy.open(encoding="utf-8", newline="") as text:
        head = text.read(1 << 17)
    if not head.strip():
        raise refused(name, "is empty", "Export it again.")
    if _is_page(head):
        rule = "is a web page, whatever its name says"
        raise refused(name, rule, "Open it in a spreadsheet and save it as .xlsx or CSV.")
    return PlainText(copy, head, tuple(findings))


def _is_page(head: str) -> bool:
    start = head.lstrip()[:200].lower()
    return start.startswith(("<html", "<!doctype", "<table", "<?xml"))


def _called(encoding: str) -> str:
    return {"cp1252": "Windows-1252", "utf-16": "UTF-16"}.get(encoding, encoding.upper())


def _encoding(sample: bytes) -> str:
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    odd, even = sample[1:2000:2].count(0), sample[0:2000:2].count(0)
    if min(len(sample), 2000) < 4 * max(odd, even):
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8-sig"


def _written(path: Path, copy: Path, encoding: str, findings: list[Finding]) -> bool:
    """Write the text as UTF-8; False when it is not in this encoding."""
    strict = "strict" if encoding == "utf-8-sig" else "replace"
    decoder = codecs.getincrementaldecoder(encoding)(strict)
    lines = 0
    with copy.open("wb") as out:
        returned = False
        try:
            for chunk in _chunks(path, findings):
                text = decoder.decode(chunk)
                if returned and text:
                    text, returned = "\r" + text, False
                if text.endswith("\r"):
                    text, returned = text[:-1], True
                lines += text.count("\0")
                out.write(_tidy(text).encode("utf-8", "replace"))
            text = decoder.decode(b"", final=not findings)
        except UnicodeDecodeError:
            return False
        out.write(_tidy(text + ("\n" if returned else "")).encode("utf-8", "replace"))
    if lines:
        findings.append(Finding("Zero bytes stand in the text.", 0, f"{lines} were left out."))
    return True


def _tidy(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "") if "\0" in text else text


def _chunks(path: Path, findings: list[Finding]) -> Iterator[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
        file.seek(0)
        chunks = iter(lambda: file.read(_CHUNK), b"")
        yield from _unpacked(chunks, findings) if packed else chunks


def _unpacked(chunks: Iterator[bytes], findings: list[Finding]) -> Iterator[bytes]:
    """The undamaged content of a gzip file, which may consist of several parts."""
    unpacker, whole = zlib.decompressobj(wbits=_GZIP_BITS), False
    try:
        for packed in chunks:
            rest = packed
            while rest:
                if unpacker.eof:
                    unpacker = zlib.decompressobj(wbits=_GZIP_BITS)
                yield unpacker.decompress(rest, _CHUNK * 16)
                rest = unpacker.unconsumed_tail or unpacker.unused_data
        whole = unpacker.eof
    except zlib.error:
        pass
    if not whole:
        findings.append(
            Finding(
                "The compressed file is damaged or cut off.",
                0,
                "What comes before the break is used.",
                "Days at the end may be missing: export the file again.",
            )
        )
