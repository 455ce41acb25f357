-- What was given back of a sale is looked up before more is: by the reference number that
-- a refund names, and not by going through every refund since.
CREATE INDEX journal_refund ON journal (json_extract(body, '$.of.rrn')) WHERE type = 'INTENT' AND kind = 'refund';
