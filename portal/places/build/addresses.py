"""Where the official files are."""

from __future__ import annotations

from dataclasses import dataclass

CODE_POINT_ADDRESS = "https://api.os.uk/downloads/v1/products/CodePointOpen/downloads?area=GB&format=CSV&redirect"
PRACTICES_ADDRESS = "https://www.odsdatasearchandexport.nhs.uk/api/getReport?report=epraccur"


@dataclass(frozen=True)
class Addresses:
    """Where each file is. The two of the ONS get new addresses with every edition, so a deployment sets them."""

    code_point: str = CODE_POINT_ADDRESS
    practices: str = PRACTICES_ADDRESS
    directory: str = ""
    sub_icbs: str = ""
