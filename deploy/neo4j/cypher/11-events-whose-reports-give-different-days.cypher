// Events whose reports give different days
MATCH (e:Event)-[r:REPORTED_IN]->(:Passage)
WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL AND r.edtf =~ '[0-9]{4}-[0-9]{2}-[0-9]{2}'
WITH e, collect(DISTINCT r.edtf) AS days WHERE size(days) > 1
UNWIND days AS day
RETURN e.title AS event, e.edtf AS shown, day ORDER BY event, day LIMIT 8;
