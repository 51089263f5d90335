// Ships, agreements, weapons and other things
MATCH (t:Thing) WHERE t.expiredAt IS NULL
RETURN t.subtype AS kind, t.name AS thing, t.mentions AS mentions ORDER BY mentions DESC, thing LIMIT 6;
