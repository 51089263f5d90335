// What is part of what
MATCH (part:Event)-[r:PART_OF]->(whole:Event)
WHERE r.expiredAt IS NULL AND part.expiredAt IS NULL AND whole.expiredAt IS NULL AND part.importance > 0.4
RETURN whole.title AS whole, part.edtf AS date, part.title AS event
ORDER BY whole, date, event LIMIT 8;
