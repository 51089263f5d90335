// Of which kinds they are
MATCH (e:Event) WHERE e.expiredAt IS NULL AND e.salience > 0.25
RETURN e.type AS kind, count(*) AS events ORDER BY events DESC, kind LIMIT 6;
