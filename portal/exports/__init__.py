"""Paper and files: tagged PDF documents, and the exports of a referral that a team has opened."""
