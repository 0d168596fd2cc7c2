"""Origins as the site names them, from the id."""

import pytest

from cable_tui.formats.origins import origin_of


@pytest.mark.parametrize(
    ("reference_id", "given", "expected"),
    [
        pytest.param("1973LIMA02545", "LIMA", "Embassy Lima", id="a document number"),
        pytest.param("10SHANGHAI60", "China Shanghai", "Consulate Shanghai", id="PlusD"),
        pytest.param(
            "09BRUSSELS1", "Belgium Brussels", "Belgium Brussels", id="two have this code"
        ),
        pytest.param("09PORTAMITY12", "Atlantis", "Atlantis", id="an unknown station"),
        pytest.param("P769151-0570", "NATO", "NATO", id="no id"),
    ],
)
def test_the_id_tells_the_origin(reference_id: str, given: str, expected: str) -> None:
    assert origin_of(reference_id, given) == expected
