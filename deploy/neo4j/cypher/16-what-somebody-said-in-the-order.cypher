// What somebody said, in the order of saying
MATCH (c:Claim)-[r:MADE_BY]->(:Person {name: 'David Arakhamia'})
WHERE r.expiredAt IS NULL AND c.expiredAt IS NULL
RETURN c.said AS said, c.cue AS cue, c.text AS claim ORDER BY said, claim LIMIT 6;
