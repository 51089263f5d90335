// What was said in which interview, statement or speech
MATCH (c:Claim)-[r:MADE_IN]->(e:Event)
WHERE r.expiredAt IS NULL AND c.expiredAt IS NULL AND e.expiredAt IS NULL
RETURN e.edtf AS date, e.title AS occasion, count(c) AS claims ORDER BY claims DESC, occasion LIMIT 5;
