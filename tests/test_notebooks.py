"""The notebooks run from top to bottom, hold no output, and use public names only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_runs(path: Path) -> None:
    nbformat = pytest.importorskip("nbformat", reason="install the extra 'dev' to run the notebooks")
    nbclient = pytest.importorskip("nbclient", reason="install the extra 'dev' to run the notebooks")
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert not cell.get("outputs"), f"{path.name} holds saved output"
        assert not re.search(r"\bkg(\.\w+)*\._", cell.source), f"{path.name} uses a private name"
    nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    ).execute()
    assert any(cell.get("outputs") for cell in notebook.cells)


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS
