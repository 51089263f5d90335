// Who quotes whom word for word
MATCH (c:Claim)-[:MADE_BY]->(who:Person), (c)-[:STATED_IN]->(:Passage)<-[:HAS_PASSAGE]-(:Snapshot)<-[:HAS_SNAPSHOT]-(a:Article)
WHERE c.expiredAt IS NULL AND c.direct = true
RETURN a.publisher AS publisher, who.name AS speaker, count(DISTINCT c) AS quotations
ORDER BY quotations DESC, publisher, speaker LIMIT 5;
