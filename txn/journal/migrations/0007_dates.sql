-- The key of a batch's expiry dates, wrapped: gone with its settlement, long before the
-- numbers are. Empty for a batch of before, whose dates are shredded with its numbers.
ALTER TABLE batch_key ADD COLUMN dates BLOB NOT NULL DEFAULT x'';
