"""Who said what: drafts, responses, receipts and the ledger."""
