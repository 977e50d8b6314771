"""The README under test: its walk and its Python run as they stand."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from kg.cli import main
from tests.conftest import ROOT, SEEDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")


def block(marker: str) -> str:
    match = re.search(rf"<!-- {marker} -->\n```\w+\n(.*?)```", README, re.DOTALL)
    assert match, marker
    return match[1]


def walk(text: str) -> list[list[str]]:
    return [shlex.split(line[4:], comments=True) for line in text.splitlines() if line.startswith("$ kg")]


@pytest.mark.parametrize("commands", [walk(block("walk")), walk(CHINESE)], ids=["en", "zh"])
def test_the_walk(commands: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(commands) >= 6
    (tmp_path / "seeds").symlink_to(SEEDS)
    monkeypatch.chdir(tmp_path)
    for command in commands:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            assert main(command) == 0, command
        assert len(out.getvalue()) > 20, command
    assert (tmp_path / "network.html").stat().st_size > 100_000


def test_the_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "seeds").symlink_to(SEEDS)
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(block("python"), "README.md", "exec"), {})
    assert "receivedAward" in out.getvalue()
    assert "广东省五一劳动奖章" in out.getvalue()


def test_links_of_both_readmes_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README + CHINESE)
    assert links
    for link in links:
        assert (ROOT / link).exists(), link
