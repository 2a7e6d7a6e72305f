"""After sending: somebody comes back with a code from the sent page, and what the team then does."""

import re
from dataclasses import dataclass

from tests.journeys.person import Person
from tests.journeys.staff import Staff
from tests.support.returning import Returner


@dataclass
class Back:
    """Somebody who has come back with one of the codes."""

    returner: Returner
    reference: str

    @classmethod
    def with_code(cls, returner: Returner, person: Person, code: str) -> "Back":
        """Come back with the reference and these seven words."""
        back = cls(returner, person.reference)
        returner.open()
        returner.press("", reference=person.reference, code=code)
        assert returner.place == "where-it-stands", returner.words
        return back

    # When

    def when_they_write(self, message: str) -> "Back":
        self.returner.open("message")
        self.returner.press("message", message=message)
        return self

    def when_they_give_a_new_phone_number(self, phone: str) -> "Back":
        self.returner.open("contact")
        self.returner.press("contact", phone=phone)
        return self

    def when_they_take_it_back(self) -> "Back":
        self.returner.open("take-back")
        self.returner.press("take-back", sure="yes")
        return self

    def when_they_look_again(self) -> "Back":
        self.returner.open("where-it-stands")
        return self

    # Then

    def then_they_read(self, *words: str) -> "Back":
        for each in words:
            assert each in self.returner.words, f"{each!r} is not said: {self.returner.words}"
        return self

    def then_they_cannot(self, *places: str) -> "Back":
        """Be refused what only the other code does, and told kindly."""
        for place in places:
            assert "This code cannot do that" in self.returner.open(place)
            self.returner.press(place, sure="yes", phone="07700 900 982")
            assert self.returner.page.status_code == 403
        return self


def when_they_acknowledge(staff: Staff, reference: str) -> Staff:
    """Acknowledge that consent was taken back, which erases the form."""
    page = staff.when_they_go_to(f"/staff/referrals/{reference}/erase").html
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version, page
    return staff.when_they_press(f"/staff/referrals/{reference}/erase", version=version.group(1))
