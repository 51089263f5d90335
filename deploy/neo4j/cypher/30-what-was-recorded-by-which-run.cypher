// What was recorded by which run of ingest
MATCH (a:Article)-[:RECORDED_BY]->(r:IngestRun) WHERE a.expiredAt IS NULL
RETURN r.articles AS articles, r.failed AS failed, count(a) AS recorded;
