"""The database: engine, what tables share, migrations. Knows no key: what it keeps is sealed already."""
