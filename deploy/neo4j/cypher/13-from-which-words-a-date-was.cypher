// From which words a date was read, and by which rule
MATCH (e:Event)-[d:DATED_BY]->(t:TimeExpression)
WHERE d.expiredAt IS NULL AND e.expiredAt IS NULL AND e.importance > 0.5
RETURN DISTINCT e.title AS event, t.text AS words, t.edtf AS date, t.rule AS rule
ORDER BY event, words, date LIMIT 6;
