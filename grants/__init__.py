"""A grant walks: application, resolution, vote, reservation, award, instalment, payment, page."""
