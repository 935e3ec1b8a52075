"""How large a workbook really is, found out before anything of it is built: a small zip may unfold without end."""

import zipfile
import zlib
from typing import IO, BinaryIO
from xml.parsers import expat

from shop.importing.reading import MOST_COLUMNS, Unreadable
from shop.importing.saying import said

LARGEST_PART = 256 * 1024 * 1024  # bytes of all parts together, unpacked
MOST_PARTS = 2_000  # a sheet each, pictures, comments
MOST_ROWS = 200_000
MOST_TEXTS = 1_000_000  # that cells share
SHEET = 1_048_576  # rows that Excel has; those that are only coloured are written, too
COLUMNS = 16_384  # that Excel has
MOST_CELLS = 12_000_000
MOST_IN_ROW = 100_000  # elements of one row
MOST_ELSE = 300_000  # elements that are no rows: styles, names, links
LONGEST_TEXT = 1_000_000  # letters without a tag between them
CHUNK = 64 * 1024
SILENT_CHUNKS = 16  # without a tag: one tag of a megabyte is no workbook
END = b"PK\x05\x06"  # of a zip archive
LARGE_END = b"PK\x06\x07"  # of one that is larger than 4 GB, or says so
DIRECTORY = 1024 * 1024  # bytes of its table of contents
TOO_LARGE = said("the workbook is too large")


def weigh(stream: BinaryIO) -> int:
    """The number of the last column that holds anything.

    Raises Unreadable for a workbook that would take too much memory or time, or that is damaged.
    """
    _check_directory(stream)
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            widest = _weigh(archive)
    except Unreadable:
        raise
    except (zipfile.BadZipFile, expat.ExpatError, zlib.error, EOFError, OSError, ValueError) as error:
        raise Unreadable(0, said("the workbook is damaged: open it and save it again")) from error
    except RuntimeError as error:  # what zipfile says of a password
        raise Unreadable(0, said("the workbook is locked by a password: save it without one")) from error
    stream.seek(0)
    return widest


def _weigh(archive: zipfile.ZipFile) -> int:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_PART:
        raise Unreadable(
            0,
            said(
                "{too_large}: unpacked, at most {largest_part} MB are read",
                too_large=TOO_LARGE,
                largest_part=LARGEST_PART // 1024**2,
            ),
        )
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        raise Unreadable(0, said("it is a zip archive, not an Excel workbook: unpack it first"))
    if len(names) < len(parts):
        raise Unreadable(0, said("the workbook is damaged: it holds a part twice"))
    widest = 0
    for part in parts:
        with archive.open(part) as content:
            widest = max(widest, _Part().read(content))
    return widest


def _check_directory(stream: BinaryIO) -> None:
    """The table of contents is read as a whole: first see how long it is."""
    size = stream.seek(0, 2)
    stream.seek(max(size - 66_000, 0))
    tail = stream.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < 22:  # noqa: PLR2004  bytes of the record
        raise Unreadable(0, said("the workbook is damaged: its end is missing"))
    if LARGE_END in tail[max(at - 20, 0) : at] or int.from_bytes(tail[at + 12 : at + 16], "little") > DIRECTORY:
        raise Unreadable(0, said("{too_large}: it holds more parts than any workbook needs", too_large=TOO_LARGE))


class _Part:
    """One part of the workbook, read tag by tag and forgotten at once."""

    def __init__(self) -> None:
        self.heard = 0  # tags
        self.inside = self.texts = self.rows = self.letters = 0
        self.column = self.widest = self.filled = 0
        self.counted = False  # whether the present row holds anything

    def read(self, content: IO[bytes]) -> int:
        """Its last column that holds anything. Raises Unreadable, or ExpatError for what is no XML."""
        head = content.read(CHUNK)
        if not head or not (head[:1] in b"<\xef\xfe\0 \t\r\n" or head[:2] == b"\xff\xfe"):
            return 0  # a picture: nobody reads it
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._tag
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        heard, silent = 0, 0
        while head:
            parser.Parse(head, False)
            silent = 0 if self.heard > heard else silent + 1
            if silent > SILENT_CHUNKS:
                raise Unreadable(0, said("{too_large}: a cell of it is", too_large=TOO_LARGE))
            heard = self.heard
            head = content.read(CHUNK)
        parser.Parse(b"", True)
        return self.widest

    def _tag(self, name: str, attributes: dict[str, str]) -> None:
        self.heard += 1
        self.letters = 0
        name = name.rpartition(":")[2]
        self.inside += 1  # since the last row or text began: these are built together
        if name == "c":
            self.column = _column(attributes.get("r", "")) or self.column + 1
        elif name in {"v", "is"} and self.column:
            self._filled()
        elif name == "row":
            self.rows, self.column, self.inside, self.counted = self.rows + 1, 0, 0, False
            if self.rows > SHEET or int(attributes.get("r", 0)) > SHEET:
                raise Unreadable(
                    0,
                    said(
                        "{too_large}: at most {most_rows} rows are read",
                        too_large=TOO_LARGE,
                        most_rows=format(MOST_ROWS, ","),
                    ),
                )
        elif name == "si":
            self.texts, self.inside = self.texts + 1, 0
            if self.texts > MOST_TEXTS:
                raise Unreadable(
                    0,
                    said(
                        "{too_large}: it holds more than {most_texts} texts",
                        too_large=TOO_LARGE,
                        most_texts=format(MOST_TEXTS, ","),
                    ),
                )
        if self.inside > (MOST_IN_ROW if self.rows else MOST_ELSE):
            raise Unreadable(0, said("{too_large}: a row, or what stands beside the rows", too_large=TOO_LARGE))

    def _filled(self) -> None:
        """A cell that holds something; others are only coloured."""
        self.widest = max(self.widest, self.column)
        self.filled += not self.counted
        self.counted = True
        if self.column > MOST_COLUMNS:
            raise Unreadable(
                self.rows,
                said(
                    "{n} columns; at most {most_columns} are read",
                    n=format(self.column, ","),
                    most_columns=MOST_COLUMNS,
                ),
            )
        if self.filled > MOST_ROWS or self.filled * self.widest > MOST_CELLS:
            raise Unreadable(
                0,
                said(
                    "{too_large}: at most {most_rows} rows or {most_cells} cells are read",
                    too_large=TOO_LARGE,
                    most_rows=format(MOST_ROWS, ","),
                    most_cells=format(MOST_CELLS, ","),
                ),
            )

    def _end(self, _name: str) -> None:
        self.heard += 1
        self.letters = 0

    def _text(self, text: str) -> None:
        self.letters += len(text)
        if self.letters > LONGEST_TEXT:
            raise Unreadable(0, said("{too_large}: a cell of it is", too_large=TOO_LARGE))

    def _doctype(self, *_said: object) -> None:
        raise Unreadable(0, said("the workbook holds what no workbook holds: save it again with Excel or LibreOffice"))


def _column(place: str) -> int:
    """The number of the column in "AB12"; 0 where it does not say."""
    number = 0
    for letter in place:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
        if number > COLUMNS:
            raise Unreadable(0, said("the workbook is damaged: there is no cell {place}", place=place[:10]))
    return number
