"""From a scenario to the text of a document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, assert_never

from ceasefire_model.documents.trees import is_encodable
from ceasefire_model.documents.unstructuring import data_of
from ceasefire_model.documents.yaml_writer import text_of
from ceasefire_model.errors import ModelError
from ceasefire_model.scenarios import Scenario, refuse_no_scenario

if TYPE_CHECKING:
    from decimal import Decimal

    from ceasefire_model.documents.files import Syntax


def text_from(scenario: Scenario, syntax: Syntax) -> str:
    """Return the canonical text of a scenario.

    Raises:
        ModelError: If a text in it cannot be written in UTF-8.
    """
    refuse_no_scenario(scenario)
    data = data_of(scenario)
    match syntax:
        case "yaml":
            text = text_of(data)
        case "json":
            text = json.dumps(data, ensure_ascii=False, indent=2, default=_number) + "\n"
        case _:
            assert_never(syntax)
    if not is_encodable(text):
        raise ModelError("a text holds half of a character (a lone surrogate); write the whole one")
    return text


def _number(number: Decimal) -> int | float:
    """Return a number of the model as JSON has it; a double keeps all of its 15 digits."""
    return int(number) if number == number.to_integral_value() else float(number)
