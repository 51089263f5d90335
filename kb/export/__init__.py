"""Events of the graph as files for other programs: what is gathered of them, and a writer for each form.

A writer takes what was gathered, `Exported`, and gives the file's bytes; it knows no store and no clock.
"""

from kb.export.forms import FORMS, Form, form_of, write
from kb.export.gather import gather
from kb.export.material import Exported

__all__ = ["FORMS", "Exported", "Form", "form_of", "gather", "write"]
