"""A notebook in a real browser: it runs, a choice changes the verdict, everybody can read it.

Needs Chromium and the extra `browser`; nothing leaves the machine.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = [
    name
    for name in ("anywidget", "axe_playwright_python", "jupyterlab", "playwright")
    if not find_spec(name)
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium"),
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]

TOKEN = "fixed"  # noqa: S105 - of a server that lives as long as the test
THEMES = ("JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast")
CHANGE_THEME = "theme => jupyterapp.commands.execute('apputils:change-theme', { theme })"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SETTINGS = {
    "notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
    "themes": {"theme": THEMES[0]},
}
LOADED = {"jupyterlab": True, "jupyter_lsp": False, "jupyter_server_terminals": False}
HOSTILE = '"><img src=x onerror="document.title=\'broken\'"></details><script>1</script>$$x$$'

CELLS = [
    f"""
import ceasefire_model as cm

scenario = cm.Scenario(
    title="A truce in the valley",
    parties=[cm.Party(id="A", name="Arvenia"), cm.Party(id="B", name={HOSTILE!r})],
    facts=[
        cm.State(id="curfew", text="a curfew is in force", by=["B"]),
        cm.Quantity(id="trucks", text="aid", unit="trucks", per="day", by=["A", "B"]),
    ],
    proposals=[cm.Proposal(id="truce", title="The truce", to=["A"])],
    preconditions=[
        cm.Precondition(
            id="calm", held_by="A", of=cm.Accepts("A", "truce"),
            needs=~cm.Holds("curfew") & cm.AtLeast("trucks", 30), text="calm and bread",
        ),
    ],
    sources=[cm.Source(id="wire", name="The Wire")],
    observations=[
        cm.Observation(fact="curfew", value=True, source="wire", since=cm.Moment("2025-03-01")),
        cm.Observation(fact="trucks", value=12, source="wire", since=cm.Moment("2025-03-01")),
    ],
    statements=[
        cm.Statement(
            id="yes-but", speaker="An envoy", party="A", date=cm.Moment("2025-03-01"),
            about=cm.About(proposal="truce"), text="yes, but", source="wire",
            stance=cm.Stance.ACCEPTS_WITH_CONDITIONS,
        ),
    ],
)
today = cm.assess(scenario, as_of="2025-03-02")
print(today)
today
""",
    'explorer = cm.explore(scenario, as_of="2025-03-02")\nexplorer',
    "print(explorer.code)\nprint(eval(explorer.code) == explorer.scenario)",
]


def notebook() -> str:
    """Write the notebook."""
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {},
            "source": source.strip(),
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(CELLS)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


@contextmanager
def lab(folder):
    """Serve a folder with JupyterLab, all of whose own files are in the folder too."""
    port = free_port()
    own = {
        **{f"JUPYTER_{kind}_DIR": str(folder / kind) for kind in ("CONFIG", "DATA", "RUNTIME")},
        **{f"JUPYTERLAB_{kind}_DIR": str(folder / kind) for kind in ("SETTINGS", "WORKSPACES")},
        "IPYTHONDIR": str(folder / "IPYTHON"),
        "PYTHONPATH": str(ROOT),
    }
    for name, value in SETTINGS.items():
        path = folder / "SETTINGS/@jupyterlab/apputils-extension" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), encoding="utf-8")
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *("--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
        *(f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}"),
        f"--ServerApp.jpserver_extensions={LOADED}",
        *("--LabApp.news_url=", "--LabApp.extension_manager=readonly"),
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command, env={**os.environ, **own}, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/api?token={TOKEN}", server, folder / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(address, server, log):
    """Wait until a server answers."""
    for _ in range(300):
        try:
            urlopen(address).close()  # noqa: S310 - the address is ours
        except OSError:
            assert server.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"JupyterLab does not answer: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Open the notebook, run all of it, and keep every address that the browser asks for."""
    from playwright.sync_api import sync_playwright

    folder = tmp_path_factory.mktemp("lab")
    (folder / "truce.ipynb").write_text(notebook(), encoding="utf-8")
    with lab(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        opened = browser.new_page(viewport={"width": 1400, "height": 2400}, reduced_motion="reduce")
        opened.asked = []
        opened.on("request", lambda request: opened.asked.append(request.url))
        opened.on("websocket", lambda websocket: opened.asked.append(websocket.url))
        opened.goto(f"{address}/lab/tree/truce.ipynb?token={TOKEN}")
        opened.get_by_text("| Idle").wait_for()
        opened.get_by_role("menuitem", name="Run", exact=True).click()
        opened.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        opened.locator(".cfm-what-if").wait_for()
        yield opened
        browser.close()


def widget(page):
    return page.locator(".cfm-what-if")


def says(page, text):
    """Wait until the widget announces something."""
    from playwright.sync_api import expect

    expect(widget(page).get_by_role("status").first).to_contain_text(text)


def group(page, name):
    return widget(page).get_by_role("group", name=name)


@pytest.fixture(autouse=True)
def as_reported(page):
    """Begin with nothing chosen."""
    widget(page).get_by_role("button", name="Reset").click()
    says(page, "Verdict: not met, as reported.")


def test_the_assessment_shows(page):
    assert "✗ not met   in force: The truce" in page.locator(".jp-OutputArea").first.inner_text()


def test_a_choice_changes_the_verdict_and_the_focus_stays(page):
    group(page, "a curfew is in force").get_by_label("no", exact=True).check()
    says(page, "1 finding differs from what is reported.")
    trucks = group(page, "aid").get_by_label("suppose")
    trucks.fill("30")
    says(page, "Verdict: met, as reported not met.")
    assert trucks.evaluate("input => document.activeElement === input")
    assert widget(page).get_by_text("changed; as reported ✗ not met").count() >= 2


def test_the_keyboard_alone_is_enough(page):
    answers = group(page, "a curfew is in force").get_by_role("radio")
    answers.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    says(page, "1 finding differs from what is reported.")
    assert answers.last.is_checked()
    assert answers.last.evaluate("input => document.activeElement === input")
    page.keyboard.press("Tab")  # to the heading of the next facts
    page.keyboard.press("Tab")
    page.keyboard.type("40")
    says(page, "Verdict: met, as reported not met.")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    says(page, "Verdict: met")
    assert group(page, "aid").get_by_label("suppose").input_value() == "100"


def test_the_cheapest_package_is_found_and_applied(page):
    cheapest = widget(page).get_by_role("button", name="Cheapest packages")
    cheapest.click()
    widget(page).get_by_role("button", name="Apply Package 1").click()
    says(page, "Verdict: met, as reported not met.")
    assert cheapest.evaluate("button => document.activeElement === button")
    assert "cm.suppose(" in widget(page).get_by_label("the same as code").text_content()


def test_the_code_can_be_copied(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    group(page, "a curfew is in force").get_by_label("no", exact=True).check()
    says(page, "1 finding differs")
    widget(page).get_by_text("As code", exact=True).click()
    widget(page).get_by_role("button", name="Copy").click()
    widget(page).get_by_text("copied", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == 'cm.suppose(scenario, {"curfew": False}, since="2025-03-02")'


def test_what_is_chosen_is_there_for_the_next_cell(page):
    group(page, "a curfew is in force").get_by_label("no", exact=True).check()
    says(page, "1 finding differs")
    page.locator(".jp-CodeCell").last.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    printed = page.locator(".jp-OutputArea").last.get_by_text("True", exact=False)
    printed.wait_for()
    assert 'cm.suppose(scenario, {"curfew": False}, since="2025-03-02")' in printed.inner_text()


def test_an_error_is_text_beside_the_field(page):
    trucks = group(page, "aid").get_by_label("suppose")
    trucks.fill("many")
    widget(page).get_by_text("“aid” is a number, got 'many'").wait_for()
    assert trucks.get_attribute("aria-invalid") == "true"


def test_texts_of_the_scenario_show_as_text(page):
    assert HOSTILE in widget(page).locator("legend").all_text_contents()
    assert page.locator(".jp-OutputArea img[src=x]").count() == 0
    assert page.title() != "broken"


@pytest.mark.parametrize("theme", THEMES)
def test_no_violation_of_the_accessibility_guidelines_is_found(page, theme):
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate(CHANGE_THEME, theme)
    page.locator(f'body[data-jp-theme-name="{theme}"]').wait_for(state="attached")
    group(page, "a curfew is in force").get_by_label("no", exact=True).check()
    widget(page).get_by_role("button", name="Cheapest packages").click()
    widget(page).get_by_role("button", name="Apply Package 1").wait_for()
    found = Axe().run(page, context=".jp-OutputArea-output", options={"runOnly": RULES}).response
    assert found["passes"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert [each["id"] for each in found["incomplete"]] == []


def test_nothing_leaves_the_machine(page):
    hosts = {
        urlsplit(address.removeprefix("blob:")).hostname
        for address in page.asked
        if not address.startswith("data:")
    }
    assert hosts == {"127.0.0.1"}


def test_where_the_widget_lives_the_assessment_in_its_place_is_hidden(page):
    from playwright.sync_api import expect

    still = page.locator("[class^=cfm-still]")
    assert still.count() == 1
    expect(still).to_be_hidden()


def test_an_exported_page_has_the_assessment_in_place_of_the_widget_and_needs_no_network(
    page, tmp_path
):
    (tmp_path / "truce.ipynb").write_text(notebook(), encoding="utf-8")
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "truce.ipynb"]
    own = {**os.environ, "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(tmp_path)}
    subprocess.run(command, cwd=tmp_path, env=own, check=True, capture_output=True)
    context = page.context.browser.new_context(offline=True)
    exported = context.new_page()
    exported.goto((tmp_path / "truce.html").as_uri(), wait_until="domcontentloaded")
    still = exported.locator("[class^=cfm-still]")
    assert still.is_visible()
    assert "Who accepts" in still.inner_text()
    assert exported.title() != "broken"
    context.close()
