// Organisations in most events
MATCH (o:Organization)-[r:PARTICIPATED_IN]->(e:Event)
WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL AND o.expiredAt IS NULL AND NOT o.described
RETURN o.name AS organisation, count(DISTINCT e) AS events ORDER BY events DESC, organisation LIMIT 6;
