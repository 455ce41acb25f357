-- What is derived is written late: a commit writes its rows and the head, and the
-- tables below, with table item, follow some rows behind, many rows at a time.
-- An index of SQLite's own cannot lag, so the two that were are tables now.

-- Derived: finds the rows of a transaction and of a batch.
CREATE TABLE row_key (
    batch INTEGER NOT NULL,
    stan  INTEGER NOT NULL,
    seq   INTEGER NOT NULL,
    PRIMARY KEY (batch, stan, seq)
) STRICT, WITHOUT ROWID;

INSERT INTO row_key SELECT batch, stan, seq FROM journal ORDER BY batch, stan, seq;

DROP INDEX journal_key;

-- Derived: finds the rows that carry a card's look-up tag.
CREATE TABLE row_tag (
    tag BLOB    NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (tag, seq)
) STRICT, WITHOUT ROWID;

INSERT INTO row_tag SELECT tag, seq FROM journal WHERE tag <> x'' ORDER BY tag, seq;

DROP INDEX journal_tag;

-- The newest row that item, row_key and row_tag have.
ALTER TABLE head ADD COLUMN folded INTEGER NOT NULL DEFAULT 0;

UPDATE head SET folded = seq;
