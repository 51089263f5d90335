"""From the export of a content management system: JSON with nested fields, paragraphs as HTML, drafts among it.

Usage: python -m ingest.scripts.newsroom export.json | kb ingest -

An export is a list of stories, or an object that holds one as "items". What your system calls the fields stands in
STORY; a path goes down by points. It prints a line of JSON for each published story, which kb ingest takes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

STORY = {
    "doc_id": "id", "url": "links.web", "title": "headline", "published": "dates.published", "html": "body.html",
    "publisher": "desk.name",
}  # fmt: skip


def field(story: Any, path: str) -> Any:
    """What stands in a story at the path "dates.published"; None where there is nothing."""
    for name in path.split("."):
        story = story.get(name) if isinstance(story, dict) else None
    return story


def main(path: str) -> None:
    """Print a document for each story of the file that has a text and a day of publication."""
    export = json.loads(Path(path).read_text(encoding="utf-8"))
    for story in export["items"] if isinstance(export, dict) else export:
        document = {name: field(story, path) for name, path in STORY.items()}
        if document["html"] and document["published"]:
            print(json.dumps({name: str(value) for name, value in document.items() if value is not None}))
        else:
            print(f"left out, no text or not published: {document['title']}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
