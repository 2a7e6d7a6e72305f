"""Who can read: key versions, recovery kits, custody, and bringing what is sealed after them."""
