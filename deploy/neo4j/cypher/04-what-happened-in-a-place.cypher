// What happened in a place
MATCH (e:Event)-[r:LOCATED_IN]->(:Place {name: 'Istanbul'})
WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL AND e.earliest IS NOT NULL
RETURN DISTINCT e.edtf AS date, e.status AS status, e.title AS event
ORDER BY date, event LIMIT 6;
