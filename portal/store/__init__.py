"""Tables, one file of functions for each aggregate, migrations. Knows no key: what it keeps is sealed already."""
