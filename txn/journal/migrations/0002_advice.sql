-- Advices: what the host is still to be told of.
ALTER TABLE item ADD COLUMN untold INTEGER NOT NULL DEFAULT 0;
CREATE INDEX item_untold ON item (first) WHERE untold <> 0;
