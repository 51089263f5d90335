// What each publisher tells
MATCH (a:Article)-[t:TELLS]->(:Event) WHERE a.expiredAt IS NULL AND t.live = true
RETURN a.publisher AS publisher, count(DISTINCT a) AS articles, count(t) AS told
ORDER BY told DESC, publisher LIMIT 6;
