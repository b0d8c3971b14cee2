"""What is written of a text whose end another moves."""

from ceasefire_model import (
    After,
    AnyOf,
    InForce,
    Party,
    Proposal,
    Scenario,
    Source,
    Statement,
    assess,
    completeness,
    evaluate,
)
from ceasefire_model.drafting import Presence


def scene(*longer):
    """A truce of 30 days from 21 May 2031, so to the end of 19 June, and texts that prolong it."""
    truce = Proposal(
        id="truce",
        title="Truce",
        to="arvenia",
        starts="2031-05-21",
        ends=After(InForce("truce"), "30 days"),
    )
    texts = [
        Proposal(id=f"longer-{number}", title=f"Annex {number}", to="arvenia", prolongs=of, **more)
        for number, (of, more) in enumerate(longer, start=1)
    ]
    return Scenario(
        title="Ulm",
        parties=Party(id="arvenia", name="Arvenia"),
        sources=Source(id="wire", name="the wire"),
        proposals=[truce, *texts],
        statements=[
            Statement(
                id=f"yes-{text.id}",
                speaker="its government",
                party="arvenia",
                date="2031-05-20" if text is truce else "2031-06-18",
                about=text,
                text="Signs.",
                stance="accepts",
                source="wire",
            )
            for text in (truce, *texts)
        ],
    )


ONE = ("truce", {"ends": "2031-07-10"})
TWO = ("truce", {"ends": "2031-07-20"})
NEXT = ("longer-1", {})


def head(scenario, day):
    """Write the verdict, why, and the term of the truce, as one line."""
    return " ".join(str(assess(scenario, "truce", as_of=day)).split("Who accepts")[0].split())


def test_the_text_that_prolongs_it_is_named_with_its_end():
    text = head(scene(ONE), "2031-06-20")
    assert "✓ in force since 21 May 2031, because “Annex 1” prolongs it and is in force" in text
    assert "ends 19 June 2031, 30 days after" in text
    assert text.endswith("; prolonged until 10 July 2031 by “Annex 1”")


def test_nothing_is_said_of_it_before_it_is_in_force_nor_after_that_it_still_is():
    assert "prolong" not in head(scene(ONE), "2031-06-17")
    text = head(scene(ONE), "2031-06-19")  # signed, and the own end is not yet over
    assert "because all whose acceptance it needs" in text
    assert "prolonged until 10 July 2031" in text
    text = head(scene(ONE), "2031-07-11")
    assert "because it ran out on 10 July 2031" in text
    assert "prolonged until 10 July 2031" in text


def test_several_are_each_named():
    text = head(scene(ONE, TWO), "2031-06-20")
    assert "because “Annex 1” and “Annex 2” prolong it and are in force" in text
    assert "until 10 July 2031 by “Annex 1”; prolonged until 20 July 2031 by “Annex 2”" in text
    text = head(scene(ONE, TWO), "2031-07-11")
    assert "because “Annex 2” prolongs it and is in force" in text


def test_what_prolongs_the_longer_one_prolongs_it_too():
    text = head(scene(ONE, NEXT), "2031-07-11")
    assert "because “Annex 1” prolongs it and is in force" in text
    assert text.endswith("by “Annex 1”; prolonged by “Annex 2”")


def test_one_of_one_thing_is_written_as_the_thing():
    whole = str(assess(scene(ONE), "truce", as_of="2031-06-20"))
    assert "one of these" not in whole
    assert "✓ met       in force: Annex 1" in whole
    scenario = scene(ONE)
    finding = evaluate(scenario, AnyOf([InForce("truce")]), as_of="2031-06-20")
    assert str(finding).startswith("✓ met       in force: Truce")


def test_a_text_that_prolongs_another_says_how_it_stands_to_it():
    (found,) = [each for each in completeness(scene(ONE), "longer-1") if each.item.id == "ID-04"]
    assert (found.presence, found.paths) == (Presence.PRESENT, ("$.proposals.longer-1.prolongs",))
