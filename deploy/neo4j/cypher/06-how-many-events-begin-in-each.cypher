// How many events begin in each month
MATCH (e:Event)
WHERE e.expiredAt IS NULL AND e.precision IN ['day', 'month'] AND e.salience > 0.25
RETURN substring(e.earliest, 0, 7) AS month, count(*) AS events
ORDER BY events DESC, month LIMIT 6;
