// What had been said in public by the end of 2023
MATCH (c:Claim)-[:STATED_IN]->(:Passage)<-[:HAS_PASSAGE]-(:Snapshot)<-[:HAS_SNAPSHOT]-(a:Article)
WHERE c.expiredAt IS NULL AND a.publishedLatest <= '2023-12-31' AND c.text CONTAINS 'Istanbul'
RETURN DISTINCT a.published AS published, c.speakerText AS speaker, c.text AS claim
ORDER BY published, claim LIMIT 5;
