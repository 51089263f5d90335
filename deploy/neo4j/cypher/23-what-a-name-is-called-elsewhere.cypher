// What a name is called elsewhere
MATCH (p:Person) WHERE p.expiredAt IS NULL AND size(p.aliases) > 1 AND p.mentions > 3
RETURN p.name AS name, p.aliases AS aliases, p.mentions AS mentions ORDER BY mentions DESC, name LIMIT 5;
