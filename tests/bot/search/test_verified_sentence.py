"""The sentence over a checked quotation claims no more than stands between quotation marks."""

from __future__ import annotations

import pytest

from bot.models import QuotationKind, Verification
from bot.search.headline import of_verified
from bot.search.verify import Verified
from tests.bot.render.samples import answer

PARTLY = answer(text="that the old order ‘is not coming back’", quotation_kind=QuotationKind.MIXED)
WHOLE = answer(text="The old order is not coming back")


@pytest.mark.parametrize(
    ("verification", "pasted", "found", "key"),
    [
        (Verification.VERBATIM, "the old order is not coming back", WHOLE, "verify_verbatim"),
        (Verification.VERBATIM, "is not coming back", PARTLY, "verify_verbatim"),
        (Verification.VERBATIM, "the old order is not coming back", PARTLY, "verify_verbatim_partly"),
        (Verification.REPORTED, "the old order never comes back", PARTLY, "verify_reported_partly"),
        (Verification.OTHER_SPEAKER, "the old order is not coming back", PARTLY, "verify_other_speaker"),
        (Verification.NOT_FOUND, "the moon is made of cheese", None, "verify_not_found"),
    ],
)
def test_it_claims_no_more_than_is_quoted(
    verification: Verification, pasted: str, found: object, key: str
) -> None:
    assert of_verified(Verified(verification), pasted, found, 8).key == f"search.{key}"  # type: ignore[arg-type]
