"""Why drawing failed, in sentences that say what to do next."""

from typing import Final

from apps.documents.choices import FailureCode
from apps.documents.library import INSTALL_COMMAND

SENTENCES: Final = {
    FailureCode.LIBRARY_MISSING: (
        "The system library that draws documents (Pango) is missing on the machine of the worker. "
        f"Ask the clinic's IT to run there, as root: {INSTALL_COMMAND}. Then restart the worker and try again."
    ),
    FailureCode.KIND_UNKNOWN: (
        "This version of the application does not know this kind of document. "
        "Ask the clinic's IT to bring web and worker to the same version, then try again."
    ),
    FailureCode.DRAWING_ERROR: (
        "The document could not be drawn completely, so it was not made at all. Nothing of its contents is lost. "
        "Tell the clinic's IT the time and this document's number; the worker's log has the details."
    ),
    FailureCode.TOOK_TOO_LONG: (
        "Drawing was stopped because it took more than four minutes. Try again when the clinic is quieter; "
        "if it happens again, tell the clinic's IT."
    ),
    FailureCode.WORKER_LOST: (
        "The process that draws documents stopped three times while working on this one. "
        "Ask the clinic's IT to look at the worker's log (memory is the usual reason), then try again."
    ),
}


class DrawingFailed(Exception):
    """A document can't be drawn, for a reason that people can be told."""

    def __init__(self, code: FailureCode) -> None:
        self.code = code
        super().__init__(SENTENCES[code])
