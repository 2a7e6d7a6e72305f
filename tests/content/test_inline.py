"""The small markup inside a line: always escaped, links looked up late."""

import pytest

from portal.content.inline import bold_words, fault_in, plain, render

PAGES = frozenset({"colours"})


def link(page: str) -> str:
    return f"/en/{page}"


def test_words_are_escaped() -> None:
    assert render("Zoë & Sons <b>", link) == "Zoë &amp; Sons &lt;b&gt;"


def test_bold_and_links_become_html() -> None:
    html = render("A **carer** and [the colours](page:colours).", link)
    assert html == 'A <strong>carer</strong> and <a href="/en/colours">the colours</a>.'


@pytest.mark.parametrize("target", ["https://www.nhs.uk/", "tel:999", "mailto:ld&awest.duty@nsft.nhs.uk"])
def test_an_address_stays_what_it_is(target: str) -> None:
    html = render(f"[Call]({target}).", link)
    assert html == f'<a href="{target.replace("&", "&amp;")}">Call</a>.'


def test_a_link_that_is_a_line_by_itself_is_as_large_as_a_button() -> None:
    assert render("[The colours](page:colours)", link) == '<a class="app-alone" href="/en/colours">The colours</a>'


def test_a_script_is_never_a_link() -> None:
    assert render("[Call](javascript:alert(1))", link).startswith("[Call](javascript")
    assert render("[Call](javascript:alert)", link) == "Call"


def test_quotes_in_a_target_stay_inside_it() -> None:
    assert render('[Call](https://a/"onclick="b).', link) == '<a href="https://a/&#34;onclick=&#34;b">Call</a>.'


def test_plain_words_have_no_marks() -> None:
    assert plain("A **carer** and [the colours](page:colours).") == "A carer and the colours."


def test_bold_words_come_in_order() -> None:
    assert bold_words("**One** and **two**") == ("One", "two")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[Go](page:nowhere)", "does not exist: page:nowhere"),
        ("[Go](http://example.org)", "not allowed: http://example.org"),
        ("[Go](javascript:alert)", "not allowed"),
        ("A **carer", "does not close"),
        ("[Go](page: colours)", "does not close"),
    ],
)
def test_a_fault_is_told_in_a_sentence(text: str, why: str) -> None:
    assert why in fault_in(text, PAGES)


def test_faultless_markup_has_no_fault() -> None:
    assert fault_in("A **carer**. [Colours](page:colours), [call](tel:111)", PAGES) == ""
