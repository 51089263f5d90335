// What happened in the week of the invasion, as an editor would order it
MATCH (e:Event)
WHERE e.earliest >= '2022-02-21' AND e.latest <= '2022-02-28' AND e.status = 'asserted' AND e.salience >= 0.6
  AND e.expiredAt IS NULL
RETURN e.edtf AS date, e.title AS event, e.reports AS reports
ORDER BY date, event;
