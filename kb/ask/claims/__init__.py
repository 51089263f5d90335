"""Who said what about what: one claim, claims in an order, and how they answer one another."""

from kb.ask.claims.choosing import ClaimFilter
from kb.ask.claims.disputes import disputes_of_event, first_to_say, links_of_claims, stances
from kb.ask.claims.pages import claim_days, claim_page, claims, count_claims, speakers, spoken_of
from kb.ask.claims.rows import ClaimRow, claim, claims_of

__all__ = ["ClaimFilter", "ClaimRow", "claim", "claim_days", "claim_page", "claims", "claims_of", "count_claims",
           "disputes_of_event", "first_to_say", "links_of_claims", "speakers", "spoken_of", "stances"]  # fmt: skip
