"""Every error a user can meet, on one screen.

KbError                  say str(error) and exit 1; never a traceback
├── BadInput             the words of a command, an option or a file are wrong
│   ├── NotFound         nothing has the id or the name that was given
│   ├── InvalidDate      a string that is not EDTF
│   ├── UnreadableSource a source that is missing, empty, binary, badly encoded or not of a known kind
│   ├── NotAnArticle     a readable source whose text is no article
│   └── CircularAnchor   dates that are counted from each other
├── StoreError           the graph database
│   ├── StoreUnavailable no server answers, or the local one could not be started
│   ├── StoreDenied      wrong user or password, or a write with a reader's login
│   ├── StoreDamaged     the data directory or its schema cannot be used by this version
│   └── QueryError       the Cypher text was refused, took too long or failed
├── ModelError       the language model that somebody named does not answer, or not as it was asked
├── NotAllowed           the role of who is signed in to the app does not reach so far
└── MissingAsset         a part that set-up should have made is not there (front-end bundle, language model)
"""


class KbError(Exception):
    """An error whose text is one clear sentence that says what to do."""


class BadInput(KbError):
    """What the user gave cannot be used."""


class NotFound(BadInput):
    """Nothing has the id or the name that was given."""


class InvalidDate(BadInput):
    """Not an EDTF (ISO 8601-2) date."""


class UnreadableSource(BadInput):
    """A source that cannot be read as text, a web page, a feed or JSONL."""


class NotAnArticle(BadInput):
    """The source was read, but holds no article."""


class CircularAnchor(BadInput):
    """Dates that are counted from each other, so that none can be reckoned."""


class StoreError(KbError):
    """Something between us and the graph database."""


class StoreUnavailable(StoreError):
    """No server answers at the address, or the local server did not start."""


class StoreDenied(StoreError):
    """The server refused the login, or the login may not do this."""


class StoreDamaged(StoreError):
    """The stored data cannot be used by this version."""


class QueryError(StoreError):
    """The server refused or gave up a Cypher statement."""


class ModelError(KbError):
    """A language model gave no answer that can be used."""


class NotAllowed(KbError):
    """Who is signed in to the app may not do this."""


class MissingAsset(KbError):
    """Set-up is incomplete."""
