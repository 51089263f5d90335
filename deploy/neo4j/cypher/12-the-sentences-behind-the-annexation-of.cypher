// The sentences behind the annexation of Crimea, and how each dates it
MATCH (e:Event)-[r:REPORTED_IN]->(p:Passage)<-[:HAS_PASSAGE]-(:Snapshot)<-[:HAS_SNAPSHOT]-(a:Article)
WHERE e.title CONTAINS 'annexes Crimea' AND r.expiredAt IS NULL
RETURN r.edtf AS date, a.publisher AS publisher, p.text AS sentence
ORDER BY date, publisher, sentence;
