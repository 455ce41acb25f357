package txn

// Sign-on 签到 and sign-off 签退 as a person asks for them. They move no money and leave
// no row.

// managed ends one.
func (m *machine) managed(op Op, r Reply) {
	m.stage = stageNone
	m.Draft.Result = r.Result
	m.Draft.Status, m.Name = Declined, DeclinedShown
	if r.Code != "00" {
		return
	}
	m.Draft.Status, m.Name = Approved, ApprovedShown
	m.Signed, m.gone = op == OpSignOn, op == OpSignOff
	if m.Signed {
		m.signedOn(r)
	}
}
