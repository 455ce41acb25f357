package txn

// RecordType is what a journal row says happened. The words are stable.
type RecordType string

// The rows of a transaction's life, and the ones beside it.
const (
	RecIntent          RecordType = "INTENT"           // before the first byte of a financial request
	RecApproved        RecordType = "APPROVED"         // the outcome, before anyone sees it
	RecDeclined        RecordType = "DECLINED"         // the outcome, before anyone sees it
	RecFailed          RecordType = "FAILED"           // no byte was written
	RecReversalPending RecordType = "REVERSAL_PENDING" // unknown; will be reversed
	RecReversed        RecordType = "REVERSED"         // the host acknowledged the reversal
	RecVoided          RecordType = "VOIDED"           // of a sale, in one commit with its void's APPROVED
	RecAsking          RecordType = "ASKING"           // unknown; the host is asked again until it answers
	RecRefused         RecordType = "REFUSED"          // the host refused what had been taken without it
	RecAdjusted        RecordType = "ADJUSTED"         // of a sale, in one commit with its tip's APPROVED or REFUSED: another amount
	RecAdvice          RecordType = "ADVICE"           // the host is still to be told of it, in one commit with the outcome
	RecTold            RecordType = "TOLD"             // the host acknowledged
	RecLate            RecordType = "LATE"             // a reply after the time-out; changes nothing
	RecPrinted         RecordType = "PRINTED"          // a copy left the printer
	RecWaived          RecordType = "WAIVED"           // the cardholder wanted no copy
	RecReprinted       RecordType = "REPRINTED"        // a copy left again, marked DUPLICATE
)

// Record is one row to append to the journal: a type and the transaction as it
// stands after it. The journal stores the public facts in clear, the PAN and
// expiry sealed while a reversal may need them, and never the track, the
// security code or a PIN.
type Record struct {
	Type RecordType
	Txn  Transaction
	Copy Copy // of PRINTED, WAIVED and REPRINTED
}

// Recovered is what the journal knows at start-up.
type Recovered struct {
	NextSTAN  STAN          // one after the last row's, wrapped
	Batch     Batch         // the open batch
	Count     int           // transactions begun in it
	Open      []Transaction // an INTENT without an outcome, oldest first
	Pending   []Transaction // REVERSAL_PENDING without REVERSED, oldest first
	Untold    []Transaction // ADVICE without TOLD, and ASKING without an outcome, oldest first
	Unprinted []Transaction // APPROVED with a copy missing, oldest first
	Last      *Transaction  // the newest approved transaction, for a reprint
	Staffed   bool          // there are operators: one must sign in
}
