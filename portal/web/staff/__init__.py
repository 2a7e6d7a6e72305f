"""The staff's side: sign in, see what waits, open it, collect it, look after the team. In standard English only."""

from portal.web.staff.account import add_account_pages
from portal.web.staff.areas import add_area_pages
from portal.web.staff.collecting import add_collecting_pages
from portal.web.staff.custody import add_custody_pages
from portal.web.staff.desk import add_desk_pages
from portal.web.staff.joining import add_joining_pages
from portal.web.staff.log import add_log_pages
from portal.web.staff.mail import add_mail_pages
from portal.web.staff.menu import add_menu
from portal.web.staff.numbers import add_numbers_pages
from portal.web.staff.offers import add_offer_pages
from portal.web.staff.passkeys import add_passkey_pages
from portal.web.staff.people import add_team_pages
from portal.web.staff.queue_pages import add_queue_pages
from portal.web.staff.views import staff

for add_pages in (
    add_menu,
    add_queue_pages,
    add_desk_pages,
    add_collecting_pages,
    add_joining_pages,
    add_team_pages,
    add_custody_pages,
    add_offer_pages,
    add_area_pages,
    add_log_pages,
    add_account_pages,
    add_passkey_pages,
    add_mail_pages,
    add_numbers_pages,
):
    add_pages(staff)

__all__ = ["staff"]
