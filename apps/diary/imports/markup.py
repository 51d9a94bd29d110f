"""Streams XML in constant memory and refuses what can make a small file large: entities, document types, references
outside, endless names, endless depth."""

from collections.abc import Callable, Mapping
from typing import IO, Final, NoReturn
from xml.parsers import expat

from apps.diary.imports.limits import MEBIBYTE
from apps.diary.imports.parsed import FileRefused

_CHUNK: Final = 256 * 1024
# Between two marks of a real file lie some hundred bytes.
_LONGEST_MARK: Final = 2 * MEBIBYTE
_MOST_NAMES: Final = 5_000
_MOST_DEPTH: Final = 60

# Called with the element's name without prefix and its attributes, and with the name at its end.
OnStart = Callable[[str, Mapping[str, str]], None]
OnEnd = Callable[[str], None]
# Called with the number of bytes read so far.
OnBytes = Callable[[int], None]


class MarkupReader:
    """Feeds a stream through the parser; `line` is where it stands, for faults."""

    def __init__(self, on_start: OnStart, on_end: OnEnd | None = None) -> None:
        self._names: dict[str, str] = {}
        # The dictionary of names is ours, so that a file of ever new names is seen to grow it.
        self._parser = expat.ParserCreate(intern=self._names)
        self._on_start, self._on_end = on_start, on_end
        self._depth = 0
        parser = self._parser
        parser.specified_attributes = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refused
        parser.EntityDeclHandler = self._refused
        parser.UnparsedEntityDeclHandler = self._refused
        parser.NotationDeclHandler = self._refused
        parser.ExternalEntityRefHandler = self._refused
        parser.SkippedEntityHandler = self._refused

    @property
    def line(self) -> int:
        return self._parser.CurrentLineNumber

    def read(self, stream: IO[bytes], *, head: bytes = b"", on_bytes: OnBytes | None = None) -> None:
        """Parse `head` and then the stream to its end. Raises FileRefused with the line when it is no sound XML."""
        taken = 0
        chunk = head or stream.read(_CHUNK)
        while chunk:
            self._feed(chunk)
            taken += len(chunk)
            if on_bytes:
                on_bytes(taken)
            if len(self._names) > _MOST_NAMES or taken - self._parser.CurrentByteIndex > _LONGEST_MARK + _CHUNK:
                raise FileRefused("The file is not built like a real export.", place=f"line {self.line}")
            chunk = stream.read(_CHUNK)
        self._feed(b"", last=True)

    def _feed(self, chunk: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise FileRefused(
                f"The file is damaged or cut off ({expat.ErrorString(error.code)}). Export it again.",
                place=f"line {error.lineno}",
            ) from error
        except (ValueError, LookupError) as error:
            raise FileRefused("The file names an encoding that can't be read. Export it again.") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise FileRefused("The file is not built like a real export.", place=f"line {self.line}")
        self._on_start(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._on_end:
            self._on_end(name.rpartition(":")[2])

    def _refused(self, *_: object) -> NoReturn:
        raise FileRefused(
            "The file defines entities or a document type. Exports have none, so it was not read.",
            place=f"line {self.line}",
        )
