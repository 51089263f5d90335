"""The wheel holds what an installed program can get nowhere else: bundles, translations, its settings and data."""

from __future__ import annotations

import gettext
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from kb.words import LANGUAGES, SOURCE

ROOT = Path(__file__).parents[1]
SHIPPED = ("kb/app.py", "kb/pyproject.toml", "kb/.streamlit/config.toml", "kb/components/static/timeline.js",
           "kb/components/static/licences.txt", "kb/views/style.css")  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True,
                   capture_output=True, timeout=120)  # fmt: skip
    [made] = folder.glob("*.whl")
    return ZipFile(made)


@pytest.mark.parametrize("name", SHIPPED)
def test_it_holds_what_is_made_or_lies_elsewhere(wheel: ZipFile, name: str) -> None:
    assert wheel.getinfo(name).file_size


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != SOURCE])
def test_it_holds_every_translation_compiled(wheel: ZipFile, code: str) -> None:
    compiled = BytesIO(wheel.read(f"kb/words/locale/{code}/LC_MESSAGES/eventline.mo"))
    compiled.name = code  # type: ignore[attr-defined]  # which a fault of gettext would tell
    catalogue = gettext.GNUTranslations(compiled)  # type: ignore[arg-type]  # it reads, as a file does
    assert catalogue.gettext("Timeline") != "Timeline"
    assert len({catalogue.ngettext("{n} event", "{n} events", count) for count in range(101)}) > 1
