"""The staff's side: sign in, see what waits, open it, collect it, look after the team. In standard English only."""

from portal.web.staff.account.joining import add_joining_pages
from portal.web.staff.account.own import add_account_pages
from portal.web.staff.account.passkeys import add_passkey_pages
from portal.web.staff.menu import add_menu
from portal.web.staff.queue.collecting import add_collecting_pages
from portal.web.staff.queue.offers import add_offer_pages
from portal.web.staff.queue.pages import add_queue_pages
from portal.web.staff.referral.views import add_referral_pages
from portal.web.staff.team.areas import add_area_pages
from portal.web.staff.team.custody import add_custody_pages
from portal.web.staff.team.log import add_log_pages
from portal.web.staff.team.mail import add_mail_pages
from portal.web.staff.team.numbers import add_numbers_pages
from portal.web.staff.team.people import add_team_pages
from portal.web.staff.views import staff

for add_pages in (
    add_menu,
    add_queue_pages,
    add_referral_pages,
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
