// Events that most independent sources tell
MATCH (e:Event) WHERE e.expiredAt IS NULL AND e.sources > 2
RETURN e.title AS event, e.sources AS sources ORDER BY sources DESC, event LIMIT 5;
