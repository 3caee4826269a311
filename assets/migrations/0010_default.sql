-- Format 10: decisions that answer themselves on a day unless somebody objects, found by that day.

CREATE INDEX decision_default ON decision(default_on) WHERE default_on IS NOT NULL;
