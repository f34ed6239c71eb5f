-- of a group: the hits served
sum(CASE WHEN a.serving IS NOT NULL{met} THEN a.hit * r.record_count END) AS hits_served
