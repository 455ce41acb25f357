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
	case RecApproved, RecDeclined:
		return was == Open || was == Asking
	case RecFailed, RecReversalPending, RecAsking:
		return was == Open
	case RecAdjusted: // a tip that the host refuses together with its sale
		return was == Approved || was == Refused
	case RecRefused:
		return was == Approved
	case RecReversed:
		return was == Open || was == ReversalPending
	case RecAdvice:
		return was == Approved || was == Declined
	case RecTold:
		return was == Approved || was == Declined || was == Voided
	case RecVoided:
		return was == Approved
	case RecWaived: // what the host refuses since may have its copy in somebody's hand
		return was == Approved || was == Refused
	case RecLate:
		return was == Open || was == ReversalPending || was == Reversed
	case RecPrinted:
		if r.Copy == FaultSlip { // paper of a reversal
			return was == Open || was == ReversalPending || was == Reversed || was == Refused
		}
		return was == Approved || was == Voided || was == Refused
	case RecReprinted:
		return was == Approved || was == Voided || was == Refused
	}
	return false
}

// Together reports whether the records may be one commit: each void that is approved
// ends its sale there and then, each tip changes its sale's amount, and no sale is
// changed without one.
func Together(records []Record) bool {
	changed := 0
	for i := range records {
		if t := records[i].Type; t == RecVoided || t == RecAdjusted {
			changed++
		}
	}
	for i := range records {
		r := &records[i]
		var with func(Record) bool
		switch {
		case r.Type == RecApproved && r.Txn.Kind.Voids():
			with = r.ends
		case (r.Type == RecApproved || r.Type == RecRefused) && r.Txn.Kind == Tip:
			with = r.adjusts
		default:
			continue
		}
		changed--
		if r.Txn.Of == nil || !slices.ContainsFunc(records, with) {
			return false
		}
	}
	return changed == 0
}

// ends reports whether another record is the end of the sale that r voids.
func (r *Record) ends(sale Record) bool {
	return sale.Type == RecVoided && sale.Txn.Key() == r.Txn.Of.Key && sale.Txn.Amount == r.Txn.Amount
}

// adjusts reports whether another record gives the sale that r tips its amount, or
// gives it back the one it had.
func (r *Record) adjusts(sale Record) bool {
	amount := r.Txn.Amount
	if r.Type == RecRefused {
		amount = r.Txn.Of.Amount
	}
	return sale.Type == RecAdjusted && sale.Txn.Key() == r.Txn.Of.Key && sale.Txn.Amount == amount
}

// RecordTypes lists every row there is.
func RecordTypes() []RecordType {
	return []RecordType{
		RecIntent, RecApproved, RecDeclined, RecFailed, RecReversalPending, RecReversed, RecVoided,
		RecAsking, RecRefused, RecAdjusted, RecAdvice, RecTold, RecLate, RecPrinted, RecWaived, RecReprinted,
	}
}
