"""An open page, and whoever opens pages from disk and sees to it that they ask for nothing."""

from __future__ import annotations

import csv
import io
import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Frame, Page

__all__ = ["ARGUMENTS", "NAMES", "READY", "Visit", "Visitor", "chromium_path", "rows_of", "wait_until"]

NAMES = ("chromium", "chromium-browser", "google-chrome")
READY = "window.view && view.frames > 1"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str | None:
    """Where Chromium is: ``KG_CHROMIUM``, or the first of its usual names on the path."""
    return os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def wait_until(page: Page | Frame, condition: str, patience: float = 15.0) -> None:
    """Asks again and again; playwright's own waiting evaluates text in the page, which its policy forbids.

    Raises:
        TimeoutError: if the condition does not come true.
    """
    end = time.monotonic() + patience
    while not page.evaluate(condition):
        if time.monotonic() > end:
            raise TimeoutError(condition)
        page.wait_for_timeout(15)


def rows_of(raw: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file, which must begin as Excel needs it."""
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@dataclass
class Visit:
    """An open page, and everything that it should not have done."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def refuse(self, dialog: Dialog) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def place(self, name: str) -> tuple[float, float]:
        point = self.page.evaluate("name => view.place(view.find(name))", name)
        return point["x"], point["y"]

    def click(self, name: str) -> None:
        self.page.mouse.click(*self.place(name))

    def drawn(self) -> int:
        return int(self.page.evaluate("view.drawn().length"))

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()

    def settle(self) -> None:
        self.page.wait_for_timeout(340)

    def search(self, words: str) -> None:
        self.page.fill("#query", words)

    def download(self, form: str) -> tuple[str, bytes]:
        self.page.click("#export-button")
        with self.page.expect_download() as started:
            self.page.click(f"[data-export={form}]")
        return started.value.suggested_filename, Path(started.value.path()).read_bytes()


class Visitor:
    """Opens pages from disk and sees to it that each asks for nothing but itself."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder
        self.visits: list[Visit] = []

    def open(
        self, name: str = "small", *, fragment: str = "", width: int = 1280, height: int = 800, **options: Any
    ) -> Visit:
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            accept_downloads=True,
            reduced_motion="reduce",
            **options,
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        visit = Visit(page, (self.folder / f"{name}.html").as_uri())
        self.visits.append(visit)
        page.on("request", lambda request: visit.requests.append(request.url))
        page.on("console", lambda message: visit.troubles.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: visit.troubles.append(f"error: {error}"))
        page.on("dialog", visit.refuse)
        page.on("popup", lambda popup: visit.troubles.append(f"popup: {popup.url}"))
        page.goto(visit.address + fragment)
        wait_until(page, "window.view && view.frames > 1")
        return visit

    def check(self) -> None:
        for visit in self.visits:
            visit.page.wait_for_timeout(80)
            asked = {
                url.partition("#")[0] for url in visit.requests if not url.startswith(("blob:", "data:"))
            }
            assert asked == {visit.address}
            assert visit.page.url.partition("#")[0] == visit.address
            assert visit.troubles == []
            assert visit.page.evaluate("window.pwned") is None
            visit.page.context.close()
