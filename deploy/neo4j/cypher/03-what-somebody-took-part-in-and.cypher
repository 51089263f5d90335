// What somebody took part in, and as what
MATCH (p:Person {name: 'Boris Johnson'})-[r:PARTICIPATED_IN]->(e:Event)
WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL AND e.earliest IS NOT NULL
RETURN DISTINCT e.edtf AS date, r.role AS role, e.title AS event
ORDER BY date, event LIMIT 6;
