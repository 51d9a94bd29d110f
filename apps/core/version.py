"""The application's version, as the footer, the documents and the health page name it."""

from typing import Final

# The same as in pyproject.toml; a test compares the two.
VERSION: Final = "0.1.0"
