// Who took part in events together most often
MATCH (a:Person)-[:PARTICIPATED_IN]->(e:Event)<-[:PARTICIPATED_IN]-(b:Person)
WHERE a.name < b.name AND NOT a.described AND NOT b.described AND e.expiredAt IS NULL
RETURN a.name AS one, b.name AS other, count(DISTINCT e) AS events
ORDER BY events DESC, one, other LIMIT 5;
