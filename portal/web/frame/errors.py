"""What a person sees when something goes wrong: what to do now, urgent help, and nothing lost."""

import traceback

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

SHOWN = (400, 403, 404, 405, 413, 429, 500, 503)


def add_errors(app: Flask) -> None:
    """Answer every error with a page of our own; the log gets the fault, never what somebody wrote."""

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Response | tuple[str, int]:
        if error.code is None or error.code < 400:
            return error.get_response()
        return error_page(error.code), error.code

    @app.errorhandler(CSRFError)
    def token(_error: CSRFError) -> tuple[str, int]:
        return error_page(400), 400

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> tuple[str, int]:
        # Where it happened, and never the message: it may quote what somebody wrote.
        where = "".join(traceback.format_tb(error.__traceback__))
        app.logger.error("%s at %s\n%s", type(error).__name__, request.endpoint, where)
        return error_page(InternalServerError.code), InternalServerError.code


def error_page(code: int) -> str:
    """Return the page of an error, in the reader's language and level where they are known."""
    return render_template("errors/error.html", code=code if code in SHOWN else 400)
