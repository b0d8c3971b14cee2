"""Documents: scenarios as YAML to write by hand and as JSON to exchange."""

from ceasefire_model.documents.files import dump, dumps, load, loads, schema
from ceasefire_model.documents.limits import Limits

__all__ = ["Limits", "dump", "dumps", "load", "loads", "schema"]
