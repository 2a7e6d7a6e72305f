"""The two sides of East Suffolk where the ONS directory is not at hand."""

from portal.places.build.east_suffolk import EastSuffolk, learn

WEST_WARD, COAST_WARD, DIVIDED_WARD = "E05000001", "E05000002", "E05000003"
KNOWN = [
    ("IP12 1AA", WEST_WARD, "06L"),
    ("NR33 1AA", COAST_WARD, "26A"),
    ("IP18 6AA", DIVIDED_WARD, "26A"),
    ("IP18 6AB", DIVIDED_WARD, "26A"),
    ("IP18 6SA", DIVIDED_WARD, "26A"),
    ("IP18 6SH", DIVIDED_WARD, "06L"),
    ("IP17 3AA", DIVIDED_WARD, "06L"),
]


def test_a_ward_on_one_side_tells_the_side_of_every_postcode_in_it() -> None:
    assert learn(KNOWN).sub_icb("NR33 9ZZ", COAST_WARD) == "26A"


def test_a_divided_ward_is_told_by_its_postcodes() -> None:
    learnt = learn(KNOWN)
    assert [learnt.sub_icb(postcode, ward) for postcode, ward, _ in KNOWN] == [side for _, _, side in KNOWN]
    assert learnt.prefixes == {"IP17 3": "06L", "IP18 6A": "26A", "IP18 6SA": "26A", "IP18 6SH": "06L"}


def test_a_new_postcode_of_a_divided_ward_that_resembles_none_stays_open() -> None:
    assert learn(KNOWN).sub_icb("IP18 6ZZ", DIVIDED_WARD) is None


def test_the_list_in_use_names_26_wards() -> None:
    in_use = EastSuffolk.load()
    assert len(in_use.wards) == 26
    assert set(in_use.wards.values()) == set(in_use.prefixes.values()) == {"06L", "26A"}
