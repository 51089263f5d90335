// The most important events, in the order of time
MATCH (e:Event) WHERE e.expiredAt IS NULL AND e.earliest IS NOT NULL
WITH e ORDER BY e.importance DESC, e.id LIMIT 8
RETURN e.edtf AS date, e.title AS event, e.sources AS sources
ORDER BY e.earliest, event;
