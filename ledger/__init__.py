"""People, their rights, their sign-ins and what they did: small and apart from the children's data.

Never holds a child's id, a need or a cost, and knows neither the model nor the screens.
"""

from ledger.book import Ledger, open_ledger

__all__ = ["Ledger", "open_ledger"]
