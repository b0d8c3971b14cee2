"""What an editor shows, asked of the language server that editors use for YAML.

Needs the program `yaml-language-server`: `npm install --global yaml-language-server`.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from ceasefire_model.documents import schema

SERVER = shutil.which("yaml-language-server")
TRUCE = Path(__file__).with_name("truce.yaml").read_text(encoding="utf-8")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SERVER is None, reason="there is no yaml-language-server"),
]


class Editor:
    """As much of an editor as it takes to open a file and to ask about it."""

    def __init__(self, server, folder):
        self.server = server
        self.folder = folder
        self.number = 0
        capabilities = {"textDocument": {"completion": {}, "hover": {}}}
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities})
        self.tell("initialized", {})
        settings = {"yaml": {"validate": True, "hover": True, "completion": True}}
        self.tell("workspace/didChangeConfiguration", {"settings": settings})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def receive(self):
        length = 0
        while line := self.server.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.server.stdout.read(length))

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        return self.wait(lambda message: message.get("id") == self.number)["result"]

    def wait(self, is_it):
        """Return the message that is waited for, answering what the server asks meanwhile."""
        while True:
            message = self.receive()
            if "method" in message and "id" in message:
                items = message["params"].get("items", []) if message.get("params") else []
                self.send({"id": message["id"], "result": [None] * len(items) or None})
            elif is_it(message):
                return message

    def open(self, text):
        """Open a text with the schema, and return what is underlined: line and message."""
        path = self.folder / f"{self.number}.yaml"
        self.number += 1
        self.uri = path.as_uri()
        text = f"# yaml-language-server: $schema={self.folder.as_uri()}/schema.json\n{text}"
        document = {"uri": self.uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        message = self.wait(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == self.uri
            )
        )
        return [
            (one["range"]["start"]["line"], one["message"])
            for one in message["params"]["diagnostics"]
        ]

    def at(self, line, column):
        return {
            "textDocument": {"uri": self.uri},
            "position": {"line": line, "character": column - 1},
        }


@pytest.fixture(scope="module")
def editor(tmp_path_factory):
    folder = tmp_path_factory.mktemp("editor")
    (folder / "schema.json").write_text(json.dumps(schema()), encoding="utf-8")
    with subprocess.Popen(
        [SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        yield Editor(server, folder)
        server.kill()


def test_nothing_is_underlined_in_a_document_without_a_mistake(editor):
    assert editor.open(TRUCE) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("    unit: soldiers\n", "    units: soldiers\n", 24),
        ("kind: region", "kind: regoin", 14),
        ("value: true", 'value: "true"', 40),
        ("since: 2025-03-04", "since: 04/03/2025", 51),
        ("{holds: curfew}", "{hold: curfew}", 78),
        ("credibility: 2", "credibility: 7", 43),
    ],
)
def test_a_mistake_is_underlined(editor, old, new, line):
    assert line in {found for found, _ in editor.open(TRUCE.replace(old, new))}


def test_keys_and_words_are_completed(editor):
    editor.open(TRUCE.replace("    reliability: B\n", "    rel\n"))
    found = editor.ask("textDocument/completion", editor.at(37, 8))
    assert "reliability" in {item["label"] for item in found["items"]}


def test_the_docstring_of_a_field_is_shown(editor):
    editor.open(TRUCE)
    found = editor.ask("textDocument/hover", editor.at(37, 6))
    assert "How far it has proved reliable" in json.dumps(found["contents"])
