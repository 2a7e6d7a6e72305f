"""One made-up person's way through the form, up to the last page before sending."""

from bench.caller import Answer, Caller, Form

FIRST = "/en/apply/who"
LAST = "/en/apply/check-answers"
MOST_STEPS = 60
WORDS = "Everything is too loud since we moved. I stopped going to college and I do not sleep. " * 12
ANSWERS: dict[str, Form] = {
    "who": {"who": "me"},
    "needs": {"needs": ["easy_read", "large_print"], "needs_other": "Please speak slowly."},
    "postcode": {"postcode": "SE5 8AF"},
    "council": {"council": "E09000028"},
    "full_name": {"full_name": "Zoë O'Brien-Smith & Sons"},
    "date_of_birth": {"day": "1", "month": "2", "year": "2001"},
    "address": {"line1": "1 High Street", "town": "London"},
    "gp": {"gp": "The Surgery, Camberwell"},
    "knows_nhs_number": {"knows_nhs_number": "no"},
    "disability": {"disability": "both"},
    "diagnosis": {"diagnosis": "diagnosed"},
    "happening": {"happening": ["need_more_help", "feeling_worse"], "happening_words": WORDS},
    "in_hospital": {"in_hospital": "no"},
    "helps": {"helps": "A quiet room."},
    "worse": {"worse": "Many people at once."},
    "supporters": {"supporter_name_1": "Sam Lee", "supporter_role_1": "Support worker"},
    "school": {"school": "City College"},
    "ehc_plan": {"ehc_plan": "not_sure"},
    "care": {"care": "no"},
    "contact_way": {"contact_way": "email"},
    "contact_email": {"contact_email": "zoe@example.org"},
    "safe_contact": {"may_say": "first_name"},
    "contact_time": {"contact_time": ["morning"]},
    "may_talk_to": {"may_talk_to": "My mum"},
    "consent": {"consent": "yes"},
}


def walk(visitor: Caller, start: str = FIRST, until: str = LAST) -> Answer:
    """Answer each question that is asked, from a page to another; return that other page."""
    path = start
    for _ in range(MOST_STEPS):
        page = visitor.get(path)
        if page.status in {302, 303}:
            path = page.location
        elif path == until:
            return page
        else:
            path = answer(visitor, path, page)
    raise RuntimeError(f"{until} was not reached in {MOST_STEPS} pages; the last was {path}")


def answer(visitor: Caller, path: str, page: Answer) -> str:
    """Answer the question of one page; return where that leads."""
    key = path.rsplit("/", 1)[-1].replace("-", "_")
    if key not in ANSWERS:
        raise RuntimeError(f"{path} asks what bench/journey.py has no answer for (status {page.status})")
    sent = visitor.post(path, {**ANSWERS[key], "csrf_token": page.token})
    if sent.status not in {302, 303}:
        raise RuntimeError(f"{path} did not take its answer: status {sent.status}")
    return sent.location
