"""The guards of tests/support/manners.py do guard."""

import socket
import sqlite3
from collections.abc import Callable

import psycopg
import pytest
import sqlalchemy


def test_a_test_that_asks_for_nothing_has_no_network() -> None:
    with pytest.raises(UserWarning, match="tried to use socket"):
        socket.create_connection(("127.0.0.1", 9))


def test_a_test_that_asks_for_loopback_has_no_more_than_that(loopback: None) -> None:
    with pytest.raises(UserWarning, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_test_that_asks_for_no_database_cannot_open_sqlite() -> None:
    with pytest.raises(AssertionError, match="without asking"):
        sqlite3.connect(":memory:")


def test_a_test_that_asks_for_no_database_cannot_open_one_through_sqlalchemy() -> None:
    engine = sqlalchemy.create_engine("postgresql+psycopg://nobody@127.0.0.1:9/nothing")
    with pytest.raises(AssertionError, match="without asking"):
        engine.connect()


def test_both_databases_open_where_asked_for(database_url: str) -> None:
    engine = sqlalchemy.create_engine(database_url)
    with engine.connect() as connection:
        assert connection.scalar(sqlalchemy.text("select 1")) == 1
    engine.dispose()


def test_each_test_has_a_postgresql_database_of_its_own(new_postgres_database: Callable[[], str]) -> None:
    first, second = (new_postgres_database().replace("+psycopg", "") for _ in range(2))
    with psycopg.connect(first) as connection:
        connection.execute("create table only_here ()")
    with psycopg.connect(second) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("select from only_here")
