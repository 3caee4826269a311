-- Format 22: how the decisions go is counted on indexes alone: how long each took, which were not
-- touched for long, whose forum is near, and of which more is told than that they were decided.

DROP INDEX decision_decided;
CREATE INDEX decision_decided ON decision(decided_on, raised_on) WHERE decided_on IS NOT NULL;
CREATE INDEX decision_forum ON decision(forum_on) WHERE forum_on IS NOT NULL;
CREATE INDEX decision_told ON decision(decided_on, probability, worked)
    WHERE decided_on IS NOT NULL AND (stake = 'high' OR probability IS NOT NULL AND worked IS NOT NULL
        OR happening IS NOT NULL AND matters IS NOT NULL AND now IS NOT NULL AND risk IS NOT NULL);
CREATE INDEX item_touched ON item(updated_at, id)
    WHERE kind = 'decision' AND deleted_at IS NULL
        AND state IN ('raised', 'framed', 'prewiring', 'ready', 'deferred');
