package txn

import "slices"

// What may follow what in a journal, whoever writes it: the last line of the
// money law.

// Follows reports whether the record may be written of a transaction that is at
// was, Drafted where there is no row of it: a trace number is given out once, an
// approval never overtakes an end or a reversal, and nothing happens to what was
// never begun. A reversal may be acknowledged, and a late reply come, while the
// disk has only the INTENT: what said that it is being reversed could not be
// written.
func (r *Record) Follows(was Status) bool {
	switch r.Type {
	case RecIntent:
		return was == Drafted
	case RecApproved, RecDeclined, RecFailed, RecReversalPending:
		return was == Open
	case RecReversed:
		return was == Open || was == ReversalPending
	case RecAdvice:
		return was == Approved || was == Declined
	case RecTold:
		return was == Approved || was == Declined || was == Voided
	case RecVoided, RecWaived:
		return was == Approved
	case RecLate:
		return was == Open || was == ReversalPending || was == Reversed
	case RecPrinted:
		if r.Copy == FaultSlip { // paper of a reversal
			return was == Open || was == ReversalPending || was == Reversed
		}
		return was == Approved || was == Voided
	case RecReprinted:
		return was == Approved || was == Voided
	}
	return false
}

// Together reports whether the records may be one commit: each void that is
// approved ends its sale there and then, and no sale ends without one.
func Together(records []Record) bool {
	ended := 0
	for i := range records {
		if records[i].Type == RecVoided {
			ended++
		}
	}
	for i := range records {
		r := &records[i]
		if r.Type != RecApproved || r.Txn.Kind != Void {
			continue
		}
		ended--
		if r.Txn.Of == nil || !slices.ContainsFunc(records, r.ends) {
			return false
		}
	}
	return ended == 0
}

// ends reports whether another record is the end of the sale that r voids.
func (r *Record) ends(sale Record) bool {
	return sale.Type == RecVoided && sale.Txn.Key() == r.Txn.Of.Key && sale.Txn.Amount == r.Txn.Amount
}

// RecordTypes lists every row there is.
func RecordTypes() []RecordType {
	return []RecordType{
		RecIntent, RecApproved, RecDeclined, RecFailed, RecReversalPending, RecReversed, RecVoided,
		RecAdvice, RecTold, RecLate, RecPrinted, RecWaived, RecReprinted,
	}
}
