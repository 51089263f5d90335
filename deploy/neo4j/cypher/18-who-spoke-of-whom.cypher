// Who spoke of whom
MATCH (c:Claim)-[by:MADE_BY]->(a:Person), (c)-[of:ABOUT]->(b:Person)
WHERE by.expiredAt IS NULL AND of.expiredAt IS NULL AND c.expiredAt IS NULL AND a.id <> b.id
RETURN a.name AS speaker, b.name AS about, count(DISTINCT c) AS claims
ORDER BY claims DESC, speaker, about LIMIT 6;
