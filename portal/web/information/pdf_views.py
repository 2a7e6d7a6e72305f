"""The site's own pages and forms on paper: built when somebody asks, and kept until their words change."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import cast
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app

from portal.areas.area import Area, CrisisLine
from portal.areas.describe import sharing_for
from portal.cache import Folder
from portal.content.inline import pieces
from portal.content.pages import Block as PageBlock
from portal.content.pages import EasyBlock, EasyQuestion
from portal.content.untranslated import mark, unmarked
from portal.exports.blocks import Block, Leaflet, Picture, Run, Style, Words, plain
from portal.exports.fonts import Fonts
from portal.exports.form_words import EASY_PICTURES
from portal.exports.leaflet import leaflet_pdf
from portal.exports.paper_form import ChoiceWording, FormSheet, Receiver, WayIn, Wording, form_pdf
from portal.exports.pdf import Printer
from portal.form.question import N_
from portal.web.frame.access import access
from portal.web.frame.languages import both_levels, is_easy, lang
from portal.web.frame.runtime import Runtime, runtime
from portal.web.frame.texts import english
from portal.web.frame.texts import say as _
from portal.web.information.areas import ages_text, told_words

paper = Blueprint("paper", __name__)

LEAFLETS = ("about", "consent")
LARGE = "-large-print"
FORM = "form-"
PUBLIC_FOR = "public, max-age=300"
DEMONSTRATION = N_("This is a demonstration. Do not enter real information.")


@access("public")
def document(name: str) -> Response:
    style = Style.EASY if is_easy() else Style.LARGE if name.endswith(LARGE) else Style.STANDARD
    subject = name.removesuffix(LARGE)
    if is_easy() and subject != name:
        abort(404)
    if subject in LEAFLETS:
        body = leaflet_pdf(printer(), leaflet(subject, style), _)
    else:
        area = runtime().areas.get(subject.removeprefix(FORM)) if subject.startswith(FORM) else None
        if area is None:
            abort(404)
        body = form_pdf(printer(), blank_form(area, style), _)
    file_name = f"{name}-easy-read.pdf" if is_easy() else f"{name}.pdf"
    return pdf_response(body, file_name, PUBLIC_FOR)


def named(shown: str, file_name: str) -> str:
    """Return the header that names a file in any script (RFC 6266)."""
    plain = unmarked(file_name)
    header = f'{shown}; filename="{re.sub(r"[^A-Za-z0-9.-]", "_", plain)}"'
    return header if plain.isascii() else f"{header}; filename*=UTF-8''{quote(plain)}"


def pdf_response(body: bytes, file_name: str, caching: str) -> Response:
    """Return a document that the browser shows, with the name under which it is saved."""
    headers = {"Content-Disposition": named("inline", file_name), "Cache-Control": caching}
    return Response(body, content_type="application/pdf", headers=headers)


def printer() -> Printer:
    """Return the app's printer, made on first use: reading the fonts takes a moment."""
    kept = current_app.extensions.get("printer")
    if kept is None:
        settings = runtime().settings
        kept = Printer(Fonts.load(settings.build_dir / "fonts"), Folder(settings.instance / "documents"))
        current_app.extensions["printer"] = kept
    return cast(Printer, kept)


def leaflet(name: str, style: Style) -> Leaflet:
    """Return an information page for paper, without what only a screen can show."""
    content = runtime().contents[lang()]
    if style is Style.EASY:
        easy = content.easy_page(name)
        blocks = easy_blocks(easy.blocks)
        explained = tuple((word.word, word.say) for word in easy.words)
        drawn = drawings(block.name for block in blocks)
        return Leaflet(easy.title, blocks, easy.summary, lang(), style, drawn, explained, notice=notice())
    page = content.page(name)
    sources = tuple(
        dict.fromkeys((each.source.address, english(each.source.date)) for each in page.blocks if each.source)
    )
    blocks = standard_blocks(page.blocks)
    return Leaflet(_(page.title), blocks, _(page.summary), lang(), style, sources=sources, notice=notice())


def blank_form(area: Area, style: Style) -> FormSheet:
    """Return an area's form to fill in by hand."""
    easy = style is Style.EASY
    content = runtime().contents[lang()]
    wording = {key: wording_of(question) for key, question in content.questions.items()} if easy else {}
    before = before_consent(area, easy)
    keys = [*EASY_PICTURES, *(each.name for each in before)] if easy else [each.name for each in before]
    for each in wording.values():
        keys += [each.picture, *(choice.picture for named in each.choices.values() for choice in named.values())]
    return FormSheet(
        area=area.name,
        councils=tuple(council.name for council in area.councils),
        receivers=tuple(receivers(area)),
        urgent=tuple(urgent_lines(runtime())),
        before_consent=before,
        questions=area.form.questions,
        lang=lang(),
        style=style,
        wording=wording,
        pictures=drawings(sorted(set(keys))),
        notice=notice(),
    )


def before_consent(area: Area, easy: bool) -> tuple[Block, ...]:
    """Return what somebody reads before they say yes, with whom this area shares the form."""
    content, name = runtime().contents[lang()], "apply-before-consent"
    rest = easy_blocks(content.easy_page(name).blocks) if easy else standard_blocks(content.page(name).blocks)
    who = _("The staff of the team for your home open it.")
    told = tuple(sharing_blocks(area))
    opened = Block("line", plain(who), name="team-meeting") if easy else Block("p", plain(who))
    return (Block("h2", plain(_("Who opens the form"))), opened, *told, *rest)


def sharing_blocks(area: Area) -> Iterator[Block]:
    """Yield whom this area's team may tell and when, or that its page does not say."""
    told = sharing_for(area)
    moments = (
        (_("When they get your form:"), told.on_referral),
        (_("If you join the register:"), told.if_added),
        (_("Without your name:"), told.without_names),
    )
    yield Block("h2", plain(_("Who they may share it with")))
    for moment, people in moments:
        if people:
            yield Block("p", plain(moment))
            yield Block("list", items=tuple(plain(text) for text in told_words(area, people)))
    if told.note:
        yield Block("p", plain(_(told.note.text)))
    elif not area.shared_with:
        yield Block("p", plain(_("We do not know. You can ask the team.")))


def standard_blocks(blocks: Iterable[PageBlock]) -> tuple[Block, ...]:
    """Return a page's blocks for paper; a heading with nothing below it goes with its insert."""
    made = [
        Block(
            block.kind,
            words_of(_(block.text)),
            _(block.title),
            tuple(words_of(_(item)) for item in block.items),
            name=block.name,
        )
        for block in blocks
        if block.kind != "insert"
    ]
    return without_empty_headings(made)


def easy_blocks(blocks: Iterable[EasyBlock]) -> tuple[Block, ...]:
    """Return an Easy Read page's blocks for paper."""
    made = [
        Block("h2" if block.kind == "heading" else "line", words_of(block.text), name=block.picture)
        for block in blocks
        if block.kind != "insert"
    ]
    return without_empty_headings(made)


def without_empty_headings(blocks: list[Block]) -> tuple[Block, ...]:
    """Return the blocks but for the second-level headings under which nothing is left."""
    following = [*blocks[1:], Block("h2")]
    return tuple(
        block for block, after in zip(blocks, following, strict=True) if (block.kind, after.kind) != ("h2",) * 2
    )


def words_of(text: str) -> Words:
    """Return a marked-up line as words; a link to a page of this site stays words, since paper has no address bar."""
    shown = mark if text != unmarked(text) else str
    return tuple(
        Run(shown(piece.words), piece.bold, "" if piece.target.startswith("page:") else piece.target)
        for piece in pieces(unmarked(text))
    )


def urgent_lines(held: Runtime) -> Iterator[tuple[str, Words]]:
    """Yield the national lines in short: a name, and how to reach it."""
    for line in held.areas.national.crisis_lines:
        if line.short and (line.phone or line.sms):
            yield _(line.name), plain(_reach(line))


def _reach(line: CrisisLine) -> str:
    way = f"{_('Call')} {line.phone}" if line.phone else f"{_('Text')} {line.sms}"
    return f"{way}, {_(line.option)}" if line.option else way


def receivers(area: Area) -> Iterator[Receiver]:
    """Yield an area's teams with their own ways in."""
    for team in area.teams:
        people = ages_text(team.ages)
        ways = tuple(WayIn(way.kind, way.value, _(way.note), way.complete) for way in area.contacts_for(team.id))
        yield Receiver(team.name, _("For %(people)s.", people=people) if people else "", ways)


def wording_of(question: EasyQuestion) -> Wording:
    """Return a question's Easy Read for paper."""
    choices = {
        field: {
            value: ChoiceWording(words_of(choice.say), words_of(choice.hint), choice.picture)
            for value, choice in named.items()
        }
        for field, named in question.choices.items()
    }
    help_lines = tuple(words_of(line.say) for line in question.help)
    return Wording(words_of(question.ask), help_lines, question.picture, question.labels, choices)


def drawings(keys: Iterable[str]) -> dict[str, Picture]:
    """Return the pictures of these keys as typst draws them; a deployment's own only where it is an SVG."""
    assets = runtime().assets
    return {key: found for key in keys if key and (found := _drawing(assets.url(f"pictures/{key}.svg"), key))}


def _drawing(url: str, key: str) -> Picture | None:
    assets = runtime().assets
    stored = assets.stored(url.removeprefix("/static/"))
    if stored is None or stored.content_type != "image/svg+xml":
        return None
    return Picture(_text(stored.bodies[""]), _(assets.asset(f"pictures/{key}.svg").alt))


@cache
def _text(body: bytes) -> str:
    return body.decode("utf-8")


def notice() -> str:
    """Return what every document of a demonstration says."""
    return _(DEMONSTRATION) if runtime().settings.demo else ""


for address, defaults in both_levels("/leaflets/<name>.pdf"):
    paper.add_url_rule(address, "document", document, defaults=defaults)
