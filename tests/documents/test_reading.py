"""From text to scenario: short forms, strictness, and which problems are told together."""

import json
import sys
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from attrs import frozen
from cattrs import Converter

from ceasefire_model.conditions import AllOf, Holds, Not
from ceasefire_model.documents import Limits, dumps, load, loads
from ceasefire_model.documents.assembly import scenario_of
from ceasefire_model.documents.limits import Limits as Chances
from ceasefire_model.documents.misfits import MisfitsError, existing, steps, written
from ceasefire_model.documents.records import hook, record_reader
from ceasefire_model.documents.trees import Builder, StopReadingError
from ceasefire_model.documents.yaml_reader import read
from ceasefire_model.errors import DocumentError
from ceasefire_model.facts import Number, Range, Truth

TRUCE = Path(__file__).with_name("truce.yaml").read_text(encoding="utf-8")
HEAD = "format: ceasefire-model/1\ntitle: t\n"


def said(text, **options):
    with pytest.raises(DocumentError) as caught:
        loads(text, **options)
    return [f"{one.line}:{one.column} {one.path}: {one.what}" for one in caught.value.problems]


SUPPOSED = (
    "facts: {q: {quantity: x, unit: x}}\nsuppositions: [{since: 2025-03-01, facts: {q: VALUE}}]"
)
DEMAND = (
    HEAD + "facts: {s: {state: x}}\n"
    "preconditions:\n  p: {of: {holds: s}, needs: NEEDS, basis: legal, text: x}"
)


class TestShortForms:
    """What may be written shorter, and what it stands for."""

    @pytest.mark.parametrize(
        ("short", "long"),
        [
            ("parties: {a: Arvenia}", "parties: {a: {name: Arvenia}}"),
            ("territories: {a: Arvenia}", "territories: {a: {name: Arvenia}}"),
            ("sources: {a: The Wire}", "sources: {a: {name: The Wire}}"),
            (
                "parties: {a: Arvenia, l: {name: x, members: a}}",
                "parties: {a: Arvenia, l: {name: x, members: [a]}}",
            ),
            (
                "proposals: {x: {title: t, provisions: {p: {text: t, topics: scope}}}}",
                "proposals: {x: {title: t, provisions: {p: {text: t, topics: [scope]}}}}",
            ),
            (SUPPOSED.replace("VALUE", "70 %"), SUPPOSED.replace("VALUE", "0.7")),
        ],
    )
    def test_a_short_form_stands_for_the_long_one(self, short, long):
        assert loads(HEAD + short) == loads(HEAD + long)
        assert dumps(loads(HEAD + short)) == dumps(loads(HEAD + long))

    def test_a_list_where_a_condition_is_demanded_demands_all_of_them(self):
        [one] = loads(DEMAND.replace("NEEDS", "[not: {holds: s}]")).preconditions
        assert one.needs == AllOf((Not(Holds("s")),))
        [line] = said(DEMAND.replace("NEEDS", "{any_of: [[holds: s]]}"))
        what = "a condition is needed, got a list; join several with 'all_of: …'"
        assert line == f"5:40 $.preconditions.p.needs.any_of[0]: {what}"

    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("true", Truth(True)),
            ("70 %", Number(Decimal("0.7"))),
            ("-2.5 %", Number(Decimal("-0.025"))),
            ("0.70", Number(Decimal("0.7"))),
            ("1e3", Number(Decimal(1000))),
            ("{low: 17 %}", Range(Decimal("0.17"), None)),
        ],
    )
    def test_a_value_may_stand_alone(self, written, value):
        fact = "state: x" if isinstance(value, Truth) else "quantity: x, unit: x"
        scenario = loads(
            f"{HEAD}facts: {{f: {{{fact}}}}}\nsources: {{s: S}}\n"
            f"observations: [{{fact: f, value: {written}, source: s, since: 2025-03}}]"
        )
        assert scenario.observations[0].value == value


OBSERVATION = (
    HEAD + "facts: {f: {quantity: x, unit: x}}\nsources: {s: S}\n"
    "observations:\n- {fact: f, source: s, since: 2025-03, value: VALUE}"
)
NEEDED = "true, false, a number, a range or 'cannot say' is needed, got"


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("'false'", f"{NEEDED} 'false'; leave the quotes out"),
        ("no", f"{NEEDED} 'no'; write true or false"),
        ("'3'", f"{NEEDED} '3'; write digits alone, without quotes: 12000 or 0.7"),
        ("3'000", f'{NEEDED} "3\'000"; write digits alone, without quotes: 12000 or 0.7'),
        ("70%", f"{NEEDED} '70%'; put a space before the '%'"),
        ("70 percent", f"{NEEDED} '70 percent'; write 12000, 0.7 or 70 %"),
        ("cannot  say", f"{NEEDED} 'cannot  say'; write 12000, 0.7 or 70 %"),
        ("", f"{NEEDED} nothing; write 12000, 0.7 or 70 %"),
        ("[1]", f"{NEEDED} a list; write 12000, 0.7 or 70 %"),
        ("1e20", "a number has at most 15 digits and lies within 1e±15, got 1E+20; round it"),
    ],
)
def test_nothing_else_is_taken_for_a_value(value, what):
    column = 40 if value == "[1]" else 47  # a list is pointed at by its key
    lines = said(OBSERVATION.replace("VALUE", value))
    assert lines == [f"6:{column} $.observations[0].value: {what}"]


VAGUE = (
    HEAD
    + "facts: {s: {state: x}}\npreconditions:\n  p:\n    {of: {holds: s}, basis: legal, text: x,"
    " needs: {vague: {id: v, text: x, complete: COMPLETE}}}"
)


@pytest.mark.parametrize(
    ("complete", "what"),
    [
        ("yes", "true or false is needed, got 'yes'; write it without quotes"),
        ("1", "true or false is needed, got 1; write it without quotes"),
        ("'true'", "true or false is needed, got 'true'; write it without quotes"),
    ],
)
def test_nothing_is_taken_for_true(complete, what):
    [line] = said(VAGUE.replace("COMPLETE", complete))
    assert line == f"6:87 $.preconditions.p.needs.vague.complete: {what}"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "",
            ["1:1 $: a document is a mapping, got nothing; begin with 'format: ceasefire-model/1'"],
        ),
        (
            "[]",
            ["1:1 $: a document is a mapping, got a list; begin with 'format: ceasefire-model/1'"],
        ),
        ("x", ["1:1 $: a document is a mapping, got 'x'; begin with 'format: ceasefire-model/1'"]),
        (
            "{}",
            [
                "1:1 $: the key 'format' is missing; write 'format: ceasefire-model/1' at the top",
                "1:1 $: the key 'title' is missing; add it",
            ],
        ),
        (HEAD.replace("t\n", "' '\n"), ["2:8 $.title: must be a text, got ' '"]),
        (
            HEAD + "timezone: Nowhere\nparties: {a: {name: ' ', members: b}}",
            [
                (
                    "3:11 $.timezone: no time zone 'Nowhere'; "
                    "write its IANA name, such as 'Europe/Kyiv' or 'UTC'"
                ),
                "4:21 $.parties.a.name: must be a text, got ' '",
            ],
        ),
        (
            HEAD + "parties: {a: {name: x, codes: {iso3166: '', ' ': b}}}",
            [
                "3:41 $.parties.a.codes.iso3166: must be a text, got ''",
                "3:50 $.parties.a.codes[' ']: must be a text, got ' '",
            ],
        ),
        (
            HEAD
            + "proposals: {x: {title: t, ends: {after: {in_force: x}, delay: 999999999 days}}}",
            ["3:63 $.proposals.x.ends.delay: a delay is of 0 to 36525 days, got 999999999"],
        ),
        (
            HEAD + "parties: {a: 3, b: {name: x, members: [a, c]}}",
            [
                "3:14 $.parties.a: a mapping is needed, got 3; write the fields of the party",
                "3:43 $.parties.b.members[1]: no party 'c'; known: 'b'",
            ],
        ),
        (
            HEAD + "partys: {a: A}\nproposals: {x: {title: t, by: a}}",
            ["3:1 $.partys: no key 'partys' here; did you mean 'parties'?"],
        ),
        (
            HEAD + "parties: [a]\nproposals: {x: {title: t, by: a}}",
            [
                (
                    "3:1 $.parties: a mapping is needed, got a list; "
                    "write the id of each party, and below it its fields"
                ),
            ],
        ),
        (
            HEAD + "text: 3\nsuppositions: 3\nproposals: {x: {title: t, by: a}}",
            [
                "3:7 $.text: a text is needed, got 3; write '3' in quotes",
                "4:15 $.suppositions: a list is needed, got 3; begin each item with '- '",
                "5:31 $.proposals.x.by: no party 'a'; there is none",
            ],
        ),
        (
            HEAD + "observations: [{id: o, fact: 3}]\nparties: {a: {name: x, members: o}}",
            [
                "3:16 $.observations[0]: the key 'value' is missing; add it",
                "3:16 $.observations[0]: the key 'source' is missing; add it",
                "3:16 $.observations[0]: the key 'since' is missing; add it",
                "3:30 $.observations[0].fact: a text is needed, got 3; write '3' in quotes",
            ],
        ),
        (
            HEAD + "1: a\n2: b\ntitle: c",
            [
                "3:1 $: a key is a text, got 1; write it in quotes",
                "4:1 $: a key is a text, got 2; write it in quotes",
                "5:1 $.title: the key 'title' is given twice; leave one out",
            ],
        ),
        (
            HEAD.replace("title: t", "title: .inf"),
            [
                (
                    "2:8 $.title: a number has at most 15 digits and lies within 1e±15, "
                    "got '.inf'; write another"
                ),
            ],
        ),
    ],
)
def test_what_is_told_together(text, lines):
    assert said(text) == lines


def test_the_same_is_told_of_json_at_its_places():
    text = json.dumps(
        {"format": "ceasefire-model/1", "title": 3, "parties": {"a": {"nme": "x"}}}, indent=2
    )
    assert said(text) == [
        "3:12 $.title: a text is needed, got 3; write '3' in quotes",
        "6:7 $.parties.a.nme: no key 'nme' here; did you mean 'name'?",
    ]


SHAPES = {
    "all_of": lambda inner: [inner],
    "when": lambda inner: {"trigger": {"holds": "s"}, "then": inner},
}


def nested(key, times):
    condition = {"holds": "s"}
    for _ in range(times):
        condition = {key: SHAPES.get(key, lambda inner: inner)(condition)}
    facts = {"s": {"state": "x"}, "t": {"state": "x"}}
    law = {"of": {"holds": "t"}, "basis": "legal", "text": "x", "needs": condition}
    document = {"format": "ceasefire-model/1", "title": "t", "facts": facts}
    return json.dumps(document | {"preconditions": {"law": law}})


@pytest.mark.parametrize("form", ["{}", "#\n{}"], ids=["json", "yaml"])
@pytest.mark.parametrize(
    ("key", "times"), [("not", 64), ("not", 200), ("not", 290), ("all_of", 140), ("when", 146)]
)
def test_a_condition_that_nests_too_deep_is_told(form, key, times):
    [line] = said(form.format(nested(key, times)))
    assert "nests at most 64 deep; refer to a provision by its id" in line


@pytest.mark.parametrize("form", ["{}", "#\n{}"], ids=["json", "yaml"])
def test_a_condition_as_deep_as_any_is_read(form):
    assert loads(form.format(nested("ever", 63))) == loads(dumps(loads(nested("ever", 63))))


def test_an_exhausted_stack_is_no_fault_of_the_document():
    def deeper(times):
        return deeper(times - 1) if times else scenario_of(json.loads(nested("not", 50)))

    def ever_deeper():
        for times in range(100, sys.getrecursionlimit(), 20):
            with suppress(MisfitsError):
                deeper(times)

    with pytest.raises(RecursionError):
        ever_deeper()


def test_of_many_problems_the_first_thousand_are_told():
    lines = said(HEAD + "observations:\n" + "- 1\n" * 3000)
    assert len(lines) == 1001
    assert lines[-1] == "1004:3 $.observations[1000]: more problems follow; mend those before"


def test_of_many_ids_that_lead_nowhere_the_first_hundred_are_told():
    lines = said(
        HEAD + f"parties: {{a: {{name: x, members: [{', '.join(f'b{n}' for n in range(300))}]}}}}"
    )
    assert len(lines) == 101
    assert lines[-1].endswith(
        "$.parties.a.members[100]: and 200 more ids that are not there; mend those before"
    )


def test_a_long_message_loses_its_middle():
    text = TRUCE.replace("to: [arvenia, belmora]", f"to: [{'arvenia, ' * 100}]")
    [line] = said(text)
    assert "…" in line
    assert len(line) < 500


def test_a_limit_that_is_passed_is_told():
    assert said(HEAD, limits=Limits(size=10)) == ["1:1 $: a text of 35 bytes; at most 10 are read"]
    assert said("{" + " " * 50, limits=Limits(size=10)) == [
        "1:1 $: a text of 51 bytes; at most 10 are read"
    ]


def test_an_error_that_nobody_expected_is_not_swallowed():
    @frozen
    class Record:
        number: int

    def broken(_data):
        raise TypeError("a bug")

    converter = Converter()
    converter.register_structure_hook(int, hook(broken))
    with pytest.raises(TypeError, match="a bug"):
        record_reader(Record, converter)({"number": 1})


def test_a_path_is_written_and_read():
    path = ("observations", 3, "value")
    assert steps(written(path)) == path
    assert written(("codes", "a b", "ünter")) == "$.codes['a b'].ünter"


def test_a_path_is_followed_as_far_as_the_document_goes():
    data = {"needs": [{"holds": "s"}], "by": "a"}
    assert existing(data, ("needs", "all_of", 0, "holds")) == ("needs", 0, "holds")
    assert existing(data, ("by", 0)) == ("by",)
    assert existing(data, ("needs", 1)) == ("needs",)
    assert existing(data, ("x",)) == ()


def every_path(node, above=()):
    """Yield every path of a composed document with the node to point at."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = (*above, key.value)
            yield path, value if isinstance(value, yaml.ScalarNode) else key
            yield from every_path(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield (*above, number), value
            yield from every_path(value, (*above, number))


@pytest.mark.parametrize("name", ["truce.yaml", "golden/format-1.yaml", "golden/format-1.json"])
def test_positions_are_those_of_a_parser_that_builds_a_tree(name):
    text = Path(__file__).with_name("truce.yaml").parent.joinpath(name).read_text(encoding="utf-8")
    expected = {
        path: (node.start_mark.line + 1, node.start_mark.column + 1)
        for path, node in every_path(yaml.compose(text, Loader=yaml.SafeLoader))
    }
    builder = Builder(Chances(), wanted=set(expected))
    with pytest.raises(StopReadingError):
        read(text, builder)
    assert builder.values == expected
    assert len(expected) > 100


def test_misfits_never_leave_the_package():
    with pytest.raises(MisfitsError):
        scenario_of(3)
    with pytest.raises(DocumentError):
        loads("3")


def test_the_path_of_a_file_is_the_source_of_its_problems(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("format: x\n", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load(path)
    what = "no format 'x'; write 'format: ceasefire-model/1'"
    assert str(caught.value) == f"1 problem in {path}\n  {path}:1:9 at $.format: {what}"


def test_among_many_ids_those_that_begin_alike_are_compared():
    facts = "".join(
        f"  {letter}{number}: {{state: x}}\n" for number in range(400) for letter in "ab"
    )
    [line] = said(
        f"{HEAD}facts:\n{facts}suppositions: [{{since: 2025-03-01, facts: {{b12x: true}}}}]"
    )
    assert line.endswith("no fact 'b12x'; did you mean 'b12'?")
