// What is only planned, alleged or denied
MATCH (e:Event)
WHERE e.expiredAt IS NULL AND e.status IN ['planned', 'alleged', 'denied'] AND e.importance > 0.4
RETURN e.status AS status, e.edtf AS date, e.title AS event
ORDER BY status, event LIMIT 8;
