"""What a text settles and what it leaves open, by the checklist of the field."""

from ceasefire_model.drafting.completeness import Completeness
from ceasefire_model.drafting.coverage import Coverage, Presence
from ceasefire_model.drafting.items import BaseRate, ChecklistItem, Severity
from ceasefire_model.drafting.remarks import Place, Remark, RemarkRule

__all__ = [
    "BaseRate",
    "ChecklistItem",
    "Completeness",
    "Coverage",
    "Place",
    "Presence",
    "Remark",
    "RemarkRule",
    "Severity",
]
