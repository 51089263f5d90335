// What came before what, as a sentence says
MATCH (a:Event)-[r:BEFORE]->(b:Event), (p:Passage {id: r.passageId})
WHERE r.expiredAt IS NULL AND a.expiredAt IS NULL AND b.expiredAt IS NULL
RETURN a.title AS first, b.title AS then, r.cue AS word ORDER BY first, then LIMIT 5;
