"""Our macros against nhsuk-frontend-jinja's: the same HTML, but for the differences listed here, each with its reason.

A difference is (theirs, ours, why) on normalised HTML; one that no longer applies fails the test.
"""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import ChainableUndefined, Environment, PackageLoader

from tests.templates.gallery import ChoiceView, FieldView, environment

Difference = tuple[str, str, str]

THEIRS = Environment(loader=PackageLoader("nhsuk_frontend_jinja"), undefined=ChainableUndefined, autoescape=True)
THEIRS.trim_blocks = THEIRS.lstrip_blocks = True
OURS = environment()

ERROR_IS_A_PARAGRAPH = (
    (
        '<span class="nhsuk-error-message" id="n-error">\n<span '
        'class="nhsuk-u-visually-hidden">\nError:\n</span>\nEnter it\n</span>'
    ),
    (
        '<p class="nhsuk-error-message" id="n-error">\n<span '
        'class="nhsuk-u-visually-hidden">\nError:\n</span>\nEnter it\n</p>'
    ),
    "a message is a paragraph of its own; printed without styles it does not run into the label",
)
INVALID = "the state is said, not only shown by a red edge"
OWN_SCRIPT = "our own small scripts need no module mark"
CHOICES = (ChoiceView("a", "A", "h"), ChoiceView("b", "B", divider_before=True))
ITEMS = [{"value": "a", "text": "A", "hint": {"text": "h"}}, {"divider": "or"}, {"value": "b", "text": "B"}]
FIELD: dict[str, Any] = {"id": "n", "name": "n", "hint": "Hint", "errorMessage": "Enter it"}


def f(kind: str, **more: Any) -> FieldView:
    return FieldView("n", "Question", kind, hint="Hint", error="Enter it", **more)


CASES: dict[str, tuple[str, Mapping[str, Any], str, Mapping[str, Any], list[Difference]]] = {
    "button": (
        "button",
        {"text": "Continue", "preventDoubleClick": True},
        '{% from "components/button.html" import button %}{{ button("Continue") }}',
        {},
        [('data-module="nhsuk-button" data-prevent-double-click="true"', 'data-once=""', OWN_SCRIPT)],
    ),
    "link button": (
        "button",
        {"text": "Start", "href": "/x", "variant": "secondary"},
        '{% from "components/button.html" import link_button %}{{ link_button("Start", "/x", secondary=true) }}',
        {},
        [
            (
                ' data-module="nhsuk-button" draggable="false" href="/x" role="button"',
                ' href="/x"',
                "it leads to a page: a screen reader should say link, and Space should scroll",
            )
        ],
    ),
    "text input": (
        "input",
        FIELD
        | {
            "label": {"text": "Question", "size": "l", "isPageHeading": True},
            "value": "v",
            "width": 20,
            "autocomplete": "name",
            "spellcheck": False,
        },
        '{% from "components/input.html" import text_input %}{{ text_input(f, heading=true) }}',
        {"f": f("text", value="v", width=20, autocomplete="name", spellcheck=False)},
        [
            ERROR_IS_A_PARAGRAPH,
            (
                '<input aria-describedby="n-hint n-error" ',
                '<input aria-describedby="n-hint n-error" aria-invalid="true" ',
                INVALID,
            ),
        ],
    ),
    "textarea": (
        "textarea",
        FIELD | {"label": {"text": "Question", "size": "s"}, "value": "v"},
        '{% from "components/textarea.html" import textarea %}{{ textarea(f) }}',
        {"f": f("textarea", value="v")},
        [
            ERROR_IS_A_PARAGRAPH,
            (
                '<textarea aria-describedby="n-hint n-error" ',
                '<textarea aria-describedby="n-hint n-error" aria-invalid="true" ',
                INVALID,
            ),
        ],
    ),
    "select": (
        "select",
        FIELD
        | {
            "label": {"text": "Question", "size": "s"},
            "items": [{"value": "a", "text": "A"}, {"value": "b", "text": "B"}],
        },
        '{% from "components/select.html" import select %}{{ select(f) }}',
        {"f": f("select", choices=(ChoiceView("a", "A"), ChoiceView("b", "B")))},
        [
            ERROR_IS_A_PARAGRAPH,
            (
                '<select aria-describedby="n-hint n-error" ',
                '<select aria-describedby="n-hint n-error" aria-invalid="true" ',
                INVALID,
            ),
        ],
    ),
    "radios": (
        "radios",
        FIELD
        | {
            "idPrefix": "n",
            "fieldset": {"legend": {"text": "Question", "size": "l", "isPageHeading": True}},
            "items": ITEMS,
        },
        '{% from "components/choices.html" import radios %}{{ radios(f, heading=true) }}',
        {"f": f("radios", choices=CHOICES)},
        [
            ERROR_IS_A_PARAGRAPH,
            (' data-module="nhsuk-radios" id="n"', "", OWN_SCRIPT + "; and the id stands once, on the first radio"),
            ("n-3", "n-2", "dividers are not counted: the id tells which choice it is"),
        ],
    ),
    "checkboxes": (
        "checkboxes",
        FIELD
        | {
            "idPrefix": "n",
            "fieldset": {"legend": {"text": "Question", "size": "s"}},
            "items": [*ITEMS[:2], ITEMS[2] | {"exclusive": True}],
        },
        '{% from "components/choices.html" import checkboxes %}{{ checkboxes(f) }}',
        {"f": f("checkboxes", choices=CHOICES)},
        [
            ERROR_IS_A_PARAGRAPH,
            (' data-module="nhsuk-checkboxes" id="n"', "", OWN_SCRIPT + "; and the id stands once"),
            ('data-behaviour="exclusive"', 'data-exclusive=""', OWN_SCRIPT),
            ("n-3", "n-2", "dividers are not counted: the id tells which choice it is"),
        ],
    ),
    "error summary": (
        "errorSummary",
        {"titleText": "There is a problem", "errorList": [{"text": "Enter it", "href": "#n"}]},
        '{% from "components/error_summary.html" import error_summary %}{{ error_summary(errors) }}',
        {"errors": [{"text": "Enter it", "href": "#n"}]},
        [
            (
                (
                    '<div class="nhsuk-error-summary" data-module="nhsuk-error-summary">\n'
                    '<div role="alert">\n<h2 class="nhsuk-error-summary__heading">'
                ),
                '<div aria-labelledby="error-summary-title" class="nhsuk-error-summary" '
                'data-error-summary="" role="alert" tabindex="-1">\n'
                '<h2 class="nhsuk-error-summary__heading" id="error-summary-title">',
                "what receives the focus has a name; and it can receive it without a script too",
            ),
            ("</div>\n</div>\n</div>", "</div>\n</div>", "one wrapper fewer"),
        ],
    ),
    "summary list": (
        "summaryList",
        {
            "rows": [
                {
                    "key": {"text": "Name"},
                    "value": {"text": "Al"},
                    "actions": {"items": [{"href": "/c", "text": "Change", "visuallyHiddenText": "Name"}]},
                },
                {"key": {"text": "X"}, "value": {"text": "Y"}},
            ]
        },
        '{% from "components/summary_list.html" import summary_list %}{{ summary_list(rows) }}',
        {"rows": [{"key": "Name", "value": "Al", "href": "/c"}, {"key": "X", "value": "Y"}]},
        [('<a class="nhsuk-link" href="/c">', '<a href="/c">', "links look like links without a class")],
    ),
    "back link": (
        "backLink",
        {"href": "/b", "text": "Back"},
        '{% from "components/back_link.html" import back_link %}{{ back_link("/b") }}',
        {},
        [],
    ),
    "care card": (
        "card",
        {"variant": "urgent", "heading": "Call 111", "descriptionHtml": "<p>d</p>"},
        (
            '{% from "components/care_card.html" import care_card %}{% '
            'call care_card("urgent", "Call 111") %}<p>d</p>{% endcall %}'
        ),
        {},
        [
            (
                (
                    '<span role="text">\n<span class="nhsuk-u-visually-hidden">\n'
                    "Urgent advice:\n</span>\nCall 111\n</span>"
                ),
                '<span class="nhsuk-u-visually-hidden">\nUrgent advice:\n</span>\nCall 111',
                "role=text is no ARIA role",
            )
        ],
    ),
    "inset text": (
        "insetText",
        {"text": "i"},
        '{% from "components/inset_text.html" import inset_text %}{{ inset_text("i") }}',
        {},
        [],
    ),
    "warning callout": (
        "warningCallout",
        {"heading": "Important", "text": "w"},
        (
            '{% from "components/warning_callout.html" import '
            'warning_callout %}{{ warning_callout("Important", "w", level=3) }}'
        ),
        {},
        [],
    ),
    "details": (
        "details",
        {"summaryText": "More", "text": "x"},
        '{% from "components/details.html" import details %}{{ details("More", "x") }}',
        {},
        [],
    ),
    "panel": (
        "panel",
        {"titleText": "Sent", "text": "ref"},
        '{% from "components/panel.html" import panel %}{{ panel("Sent", "ref") }}',
        {},
        [],
    ),
    "table": (
        "table",
        {
            "caption": "C",
            "responsive": True,
            "head": [{"text": "A"}, {"text": "B"}],
            "rows": [[{"text": "1"}, {"text": "2"}]],
            "firstCellIsHeader": True,
        },
        '{% from "components/table.html" import table %}{{ table("C", ["A", "B"], [["1", "2"]]) }}',
        {},
        [
            (
                '<tbody class="nhsuk-table__body">',
                '<tbody class="nhsuk-table__body" role="rowgroup">',
                "the roles are needed where styles turn rows into cards; the body's was forgotten",
            )
        ],
    ),
    "tag": (
        "tag",
        {"text": "New", "colour": "green"},
        '{% from "components/tag.html" import tag %}{{ tag("New", "green") }}',
        {},
        [],
    ),
    "skip link": (
        "skipLink",
        {"text": "Skip to main content", "href": "#maincontent"},
        '{% from "components/skip_link.html" import skip_link %}{{ skip_link("Skip to main content") }}',
        {},
        [(' data-module="nhsuk-skip-link"', "", OWN_SCRIPT + ": main can take the focus")],
    ),
    "date": (
        "dateInput",
        {
            "id": "n",
            "fieldset": {"legend": {"text": "Question", "size": "s"}},
            "hint": "Hint",
            "errorMessage": "Enter it",
            "values": {"day": "1"},
        },
        '{% from "components/date.html" import date_input %}{{ date_input(f) }}',
        {"f": f("date", values={"day": "1"})},
        [
            ERROR_IS_A_PARAGRAPH,
            (
                '<div class="nhsuk-form-group nhsuk-form-group--error">\n<label',
                '<div class="nhsuk-form-group">\n<label',
                "one red bar for the question, not four",
            ),
            (
                '<input class="nhsuk-input nhsuk-input--error',
                '<input aria-describedby="n-error" aria-invalid="true" class="nhsuk-input nhsuk-input--error',
                INVALID + "; each part says what is wrong when it is reached by its link",
            ),
        ],
    ),
}

FOLDERS = {
    "backLink": "back-link",
    "errorSummary": "error-summary",
    "summaryList": "summary-list",
    "insetText": "inset-text",
    "warningCallout": "warning-callout",
    "table": "tables",
    "skipLink": "skip-link",
    "dateInput": "date-input",
}


def theirs(macro: str, params: Mapping[str, Any]) -> str:
    file = f"nhsuk/components/{FOLDERS.get(macro, macro)}/macro.jinja"
    source = f'{{% from "{file}" import {macro} %}}{{{{ {macro}(params) }}}}'
    return THEIRS.from_string(source).render(params=params)


def normal(html: str) -> str:
    """Return one line for each tag and text, attributes in order of name, spaces as one."""
    lines: list[str] = []

    def walk(node: Element) -> None:
        name = str(node.tag).rpartition("}")[2]
        if name != "DOCUMENT_FRAGMENT":
            lines.append("<" + " ".join([name, *(f'{key}="{value}"' for key, value in sorted(node.items()))]) + ">")
        words(node.text)
        for child in node:
            walk(child)
            words(child.tail)
        if name != "DOCUMENT_FRAGMENT":
            lines.append(f"</{name}>")

    def words(text: str | None) -> None:
        if text and text.strip():
            lines.append(" ".join(text.split()))

    walk(html5lib.parseFragment(html))
    return "\n".join(lines)


@pytest.mark.parametrize("name", CASES)
def test_our_html_is_nhsuk_frontends_but_for_the_differences_listed(name: str) -> None:
    macro, params, source, given, differences = CASES[name]
    expected = normal(theirs(macro, params))
    for before, after, why in differences:
        assert before in expected, f"no longer a difference: {why}\n{expected}"
        expected = expected.replace(before, after)
    assert normal(OURS.from_string(source).render(given)) == expected
