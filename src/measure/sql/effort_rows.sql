-- One row per line of the effort ledger, in its order.
SELECT place, what, first_earliest, first_latest, last_earliest, last_latest, agents_low,
    agents_high, hours_low, hours_high, days_on_low, days_on_high, days_off_low, days_off_high,
    source, source_date
FROM study_effort
ORDER BY "position"
