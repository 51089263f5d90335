"""`python -m ingest SOURCE...` is `kb ingest SOURCE...`."""

import sys

from kb.cli import main

if __name__ == "__main__":
    main(["ingest", *sys.argv[1:]], prog_name="python -m")
