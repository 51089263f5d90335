// Who said what about the talks, and when
MATCH (c:Claim)-[:MADE_BY]->(who:Person), (c)-[:ABOUT]->(e:Event)
WHERE e.title CONTAINS 'Istanbul' AND e.expiredAt IS NULL AND c.expiredAt IS NULL
RETURN DISTINCT c.said AS said, who.name AS speaker, c.cue AS cue, c.text AS claim
ORDER BY said, speaker, claim LIMIT 6;
