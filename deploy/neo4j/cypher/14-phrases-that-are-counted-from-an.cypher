// Phrases that are counted from an event
MATCH (t:TimeExpression)-[r:ANCHORED_TO]->(e:Event)
WHERE r.expiredAt IS NULL AND t.expiredAt IS NULL
RETURN t.text AS words, t.edtf AS date, e.title AS counted_from ORDER BY words, date LIMIT 5;
