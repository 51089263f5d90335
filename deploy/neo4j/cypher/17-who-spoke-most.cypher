// Who spoke most
MATCH (c:Claim)-[r:MADE_BY]->(who:Entity)
WHERE r.expiredAt IS NULL AND c.expiredAt IS NULL AND NOT who.described
RETURN who.name AS speaker, count(c) AS claims ORDER BY claims DESC, speaker LIMIT 6;
