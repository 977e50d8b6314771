"""What the package shows to the world, and that a built wheel carries all it needs."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import kg
from tests.conftest import ROOT, SEEDS


def test_all_is_what_is_public() -> None:
    public = {
        name
        for name, value in vars(kg).items()
        if not name.startswith("_")
        and name != "annotations"
        and getattr(value, "__module__", "").startswith("kg")
    }
    assert public - {"cli"} == set(kg.__all__)
    assert sorted(kg.__all__, key=str.casefold) == sorted(kg.__all__, key=str.casefold)


def test_public_things_say_what_they_are() -> None:
    for name in kg.__all__:
        assert getattr(kg, name).__doc__, name


def run(*command: str | Path, **options: object) -> str:
    done = subprocess.run(
        [str(c) for c in command], capture_output=True, text=True, encoding="utf-8", timeout=600, **options
    )  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="the paths of a Windows environment differ")
def test_an_installed_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", tmp_path, ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.stat().st_size < 20_000_000
    venv.create(tmp_path / "env", with_pip=False)
    python = tmp_path / "env" / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", wheel)
    # the libraries that kg depends on come from the environment of the test, kg itself from the wheel
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    kg_command = tmp_path / "env" / "bin" / "kg"
    graph = tmp_path / "graph"
    where = run(python, "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    assert str(site) in where
    assert "2 articles" in run(kg_command, "build", SEEDS, "-g", graph, cwd=tmp_path)
    assert "王宝刚" in run(kg_command, "query", "awards", "-g", graph, cwd=tmp_path)
    run(kg_command, "view", "-g", graph, "-o", tmp_path / "page.html", cwd=tmp_path)
    assert (tmp_path / "page.html").stat().st_size > 100_000
