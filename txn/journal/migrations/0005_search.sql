-- What a person looks a transaction up by, derived from its rows, so that a search
-- reads one row of item a hit and no row of the journal beside it.
ALTER TABLE item ADD COLUMN amount INTEGER NOT NULL DEFAULT 0;    -- minor units, of its newest row about money
ALTER TABLE item ADD COLUMN kind TEXT NOT NULL DEFAULT '';        -- this and the rest: of its first row
ALTER TABLE item ADD COLUMN last4 TEXT NOT NULL DEFAULT '';       -- of the card, or of a payment code
ALTER TABLE item ADD COLUMN operator TEXT NOT NULL DEFAULT '';
ALTER TABLE item ADD COLUMN day INTEGER NOT NULL DEFAULT 0;       -- 20260314, by the terminal's wall clock then

UPDATE item SET
    amount = (SELECT l.amount FROM journal l WHERE l.seq = item.last),
    (kind, last4, operator, day) = (
        SELECT f.kind, CASE f.last4 WHEN '' THEN ifnull(json_extract(f.body, '$.payer'), '') ELSE f.last4 END, f.operator,
            CAST(strftime('%Y%m%d', f.at / 1000 + f.zone, 'unixepoch') AS INTEGER)
        FROM journal f WHERE f.seq = item.first);

CREATE INDEX item_batch ON item (batch, first);
CREATE INDEX item_stan ON item (stan, first);
CREATE INDEX item_day ON item (day, first);
CREATE INDEX item_kind ON item (kind, first);
CREATE INDEX item_operator ON item (operator, first);

-- Cards and amounts come in no order. By the month, a sale's entry falls among those of
-- the last weeks, whose pages are at hand, and not anywhere in an index of years.
CREATE INDEX item_last4 ON item (day / 100, last4, first);
CREATE INDEX item_amount ON item (day / 100, amount, first);
