// What has no date, the weightiest first
MATCH (e:Event) WHERE e.expiredAt IS NULL AND e.edtf IS NULL AND e.status = 'asserted'
RETURN e.title AS event, e.reports AS reports ORDER BY e.importance DESC, event LIMIT 5;
