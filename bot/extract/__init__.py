"""Article → Findings: quotations, speakers, facts, mentions."""
