// Articles in the order of publication, with the basis of their date
MATCH (a:Article) WHERE a.expiredAt IS NULL
RETURN a.published AS published, a.publishedBasis AS basis, a.title AS title ORDER BY published, title LIMIT 5;
