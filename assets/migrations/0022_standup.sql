-- Format 22: what a standup asks of the open decisions stands in indexes. The list of all says when each was
-- touched last, so that whether one stands still is seen without reading it; the decisions of a time are found
-- with how long they took; a forum that is near, and what shipped in a time, by their days.

ALTER TABLE listing ADD COLUMN touched TEXT NOT NULL DEFAULT '';
UPDATE listing SET touched = (SELECT substr(i.updated_at, 1, 10) FROM item AS i WHERE i.id = listing.id)
    WHERE kind = 'decision' AND shelf = 0;
DROP INDEX listing_order;
CREATE INDEX listing_order ON listing(kind, shelf, first, second, third, id, due, touched);
CREATE INDEX listing_touched ON listing(touched, third, due, first) WHERE kind = 'decision' AND shelf = 0;

CREATE INDEX decision_taken ON decision(decided_on, raised_on) WHERE decided_on IS NOT NULL;
CREATE INDEX decision_forum ON decision(forum_on) WHERE forum_on IS NOT NULL;
CREATE INDEX asset_shipped ON asset(shipped_on) WHERE shipped_on IS NOT NULL;
