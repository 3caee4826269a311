-- Format 2: an order by hand, and boards that read a window of each state.

ALTER TABLE item ADD COLUMN rank INTEGER CHECK (rank > 0);

-- What a board is cut from: the state of each item, and its rank; the largest number stands for none.
ALTER TABLE listing ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE listing ADD COLUMN rank INTEGER NOT NULL DEFAULT 9223372036854775807;
UPDATE listing SET state = (SELECT i.state FROM item AS i WHERE i.id = listing.id);
CREATE INDEX listing_board ON listing(kind, shelf, state, rank, first, second, third, id);
