"""What the portal is measured against: the smallest Flask application there is."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """Say hello."""
    return "hello"


@app.post("/")
def thanks() -> str:
    """Say thanks."""
    return "thanks"
