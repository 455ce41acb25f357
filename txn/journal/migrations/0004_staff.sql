-- Who works at the terminal, and what they did.
CREATE TABLE operator (
    id     TEXT PRIMARY KEY,       -- two digits
    name   TEXT    NOT NULL,
    role   TEXT    NOT NULL,       -- cashier, supervisor
    fresh  INTEGER NOT NULL,       -- 1 while the PIN is one that somebody else gave
    fails  INTEGER NOT NULL,       -- tries since the last right one
    until  INTEGER NOT NULL,       -- locked until then, Unix milliseconds; 0 where not
    salt   BLOB    NOT NULL,       -- of the PIN's hash
    time   INTEGER NOT NULL,       -- argon2id passes
    memory INTEGER NOT NULL,       -- argon2id KiB
    lanes  INTEGER NOT NULL,       -- argon2id parallelism
    sum    BLOB    NOT NULL        -- argon2id of the HMAC of the PIN
) STRICT, WITHOUT ROWID;

-- The audit: one row for each thing an operator did, in order. It holds no secret.
CREATE TABLE audit (
    seq      INTEGER PRIMARY KEY,  -- 1, 2, 3, … without gaps
    at       INTEGER NOT NULL,     -- Unix milliseconds
    zone     INTEGER NOT NULL,     -- seconds east of UTC at that time
    act      TEXT    NOT NULL,     -- SIGNED-IN, …
    operator TEXT    NOT NULL,     -- whom it is about
    other    TEXT    NOT NULL,     -- the supervisor who did it, or whoever asked a supervisor
    kind     TEXT    NOT NULL,     -- what was let pass
    amount   INTEGER NOT NULL,     -- minor units of the cash in the drawer
    currency TEXT    NOT NULL,     -- ISO 4217 number
    journal  INTEGER NOT NULL,     -- the journal's newest row at that time
    hash     BLOB    NOT NULL      -- SHA-256(previous hash ‖ this row)
) STRICT;

CREATE INDEX audit_drawer ON audit (operator) WHERE act IN ('FLOAT', 'COUNT');

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

-- INSERT OR REPLACE deletes without asking a delete trigger.
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN NEW.seq <= (SELECT ifnull(max(seq), 0) FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

-- Derived: the end of the audit's chain; no row while there is none.
CREATE TABLE audit_head (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    seq  INTEGER NOT NULL,
    hash BLOB    NOT NULL
) STRICT;
