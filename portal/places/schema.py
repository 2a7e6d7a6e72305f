"""The tables of a place file, which is one SQLite database. docs/places-file.md explains them."""

from __future__ import annotations

APPLICATION = b"DSRP"
"""SQLite's application id of a place file."""
FORMAT = 2
"""SQLite's user version of a place file. Format 1 was not a database."""
UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""The letters a postcode can end with: never C, I, K, M, O or V."""
UNITS = {one + other: 20 * i + j for i, one in enumerate(UNIT_LETTERS) for j, other in enumerate(UNIT_LETTERS)}
"""The last two letters of the 400 postcodes that a sector can have, each with its bit in `sector.live` and `ended`."""
UNCHECKED = b"here stands a SHA-256 in the end"
"""What `about.sha256` holds while the sum is taken of all the file's bytes: the file then gets the sum in its place."""

TABLES = f"""
PRAGMA application_id = {int.from_bytes(APPLICATION, "big")};
PRAGMA user_version = {FORMAT};
CREATE TABLE about (
    made TEXT NOT NULL,
    postcodes INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    with_sub_icb INTEGER NOT NULL,
    councils INTEGER NOT NULL,
    surgeries INTEGER NOT NULL,
    sha256 BLOB NOT NULL
);
CREATE TABLE source (title TEXT PRIMARY KEY, version TEXT NOT NULL, attribution TEXT NOT NULL);
CREATE TABLE rule (prefix TEXT PRIMARY KEY, council TEXT NOT NULL, sub_icb TEXT) WITHOUT ROWID;
CREATE TABLE sector (
    sector TEXT PRIMARY KEY, easting INTEGER, northing INTEGER, live BLOB NOT NULL, ended BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE surgery (
    number INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    town TEXT NOT NULL,
    postcode TEXT NOT NULL,
    icb TEXT NOT NULL,
    sub_icb TEXT NOT NULL,
    council TEXT NOT NULL,
    easting INTEGER,
    northing INTEGER,
    telling INTEGER NOT NULL
);
CREATE INDEX surgery_postcode ON surgery (postcode);
CREATE VIRTUAL TABLE surgery_words USING fts5 (name, place, content='', detail=column);
CREATE VIRTUAL TABLE word USING fts5vocab (surgery_words, row);
CREATE VIRTUAL TABLE holding USING fts5vocab (surgery_words, instance);
CREATE VIRTUAL TABLE spelling USING fts5 (word, tokenize='trigram');
"""
