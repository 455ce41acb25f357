-- Every kind of transaction: what paper one owes, what is asked again, which hold a
-- code names.
ALTER TABLE item ADD COLUMN due INTEGER NOT NULL DEFAULT 3; -- copies its kind owes once it is approved, a set
UPDATE item SET due = 1 WHERE first IN (SELECT seq FROM journal WHERE kind = 'settlement');
ALTER TABLE item ADD COLUMN counts INTEGER NOT NULL DEFAULT 0; -- 1 where its kind is a debit of the batch, 2 a credit
UPDATE item SET counts = 1 WHERE first IN (SELECT seq FROM journal WHERE kind = 'sale');

DROP INDEX item_unresolved;
CREATE INDEX item_unresolved ON item (first) WHERE status IN ('open', 'reversal_pending', 'asking');
DROP INDEX item_unprinted;
CREATE INDEX item_unprinted ON item (first) WHERE status = 'approved' AND due & ~printed <> 0;

CREATE INDEX journal_hold ON journal (auth) WHERE type = 'APPROVED' AND kind = 'pre-auth';
CREATE INDEX journal_increment ON journal (json_extract(body, '$.of.auth')) WHERE type = 'APPROVED' AND kind = 'increment';
