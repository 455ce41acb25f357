package sim

import (
	"cmp"

	"vpos/txn"
)

// manage answers what moves no money.
func (l *Ledger) manage(r *txn.Request, v *Verdict) {
	switch r.Op {
	case txn.OpSignOn:
		v.Reply.Code = CodeApproved
		v.Reply.Batch = cmp.Or(l.Open(r.Terminal), r.Batch, 1)
	case txn.OpScript: // what became of a script is no concern of the accounts: no row
		v.Reply.Code = CodeApproved
	case txn.OpSignOff, txn.OpEcho, txn.OpKeys, txn.OpCAPKEnd, txn.OpAIDEnd, txn.OpParamEnd:
		v.Reply.Code = CodeApproved
	case txn.OpCAPKQuery, txn.OpCAPKGet, txn.OpAIDQuery, txn.OpAIDGet, txn.OpParamQuery, txn.OpParamGet:
		download(r, v)
	default:
		v.Reply.Code = CodeInvalid
	}
}
