// Places with their points, for a map
MATCH (p:Place)<-[r:LOCATED_IN]-(e:Event)
WHERE r.expiredAt IS NULL AND e.expiredAt IS NULL AND p.subtype = 'city'
RETURN p.name AS place, round(p.lat * 10) / 10 AS lat, round(p.lon * 10) / 10 AS lon, count(DISTINCT e) AS events
ORDER BY events DESC, place LIMIT 5;
