"""Whether the HTTP interface keeps what its OpenAPI says: schemathesis tries it, writing too, by an admin's token.

Usage: python -m benchmarks.contract [--examples 50] [--seed N]
Reads seed_data/ into an empty local graph, starts `kb api --write` on it and has schemathesis make up questions: the
examples, the edges of each parameter, and so many more at random. Looked for are answers of 500 and above, statuses,
kinds and shapes of answers that the description does not name, and questions that it forbids but that are answered.
Ends with schemathesis' own exit code. schemathesis is fetched by uv, in the version that stands here.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import kb
from benchmarks.graphs.served import served
from benchmarks.growth import empty_graph
from kb import access

TOOL = "schemathesis==4.32.5"
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
          "negative_data_rejection", "ignored_auth")  # fmt: skip
SEED_DATA = Path(__file__).parents[1] / "seed_data"


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.contract", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--examples", type=int, default=50, help="questions made up for each operation")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(words)
    with empty_graph("local") as store:
        folder = store.settings.data_dir
        with kb.open(data_dir=folder) as base:
            base.ingest(SEED_DATA)
        access.add(folder, "admin", "admin", os.urandom(16).hex())
        token = access.make_token(folder, "admin")
        with served(folder, ["api", "--write"], "/openapi.json") as address:
            tried = [sys.executable, "-m", "uv", "tool", "run", "--from", TOOL, "schemathesis", "run",
                     f"{address}/openapi.json", "--header", f"Authorization: Bearer {token}",
                     "--max-examples", str(given.examples), "--seed", str(given.seed),
                     "--phases", "examples,coverage,fuzzing", "--checks", ",".join(CHECKS)]  # fmt: skip
            return subprocess.run(tried, check=False, cwd=folder).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
