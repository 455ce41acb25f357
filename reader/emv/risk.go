package emv

import "encoding/binary"

// manageRisk is terminal risk management (Book 3, 10.6).
func (k *Kernel) manageRisk() Request {
	k.phase = PhaseRisk
	if k.txn.ForceOnline { // Book 4, 6.5.3
		k.note(RuleForced, "", Forced)
	}
	if !k.supports(aipRisk) && !k.cfg.AlwaysRisk {
		k.note(RuleRiskOff, "")
		return k.analyse()
	}
	if k.cfg.Exception != nil && k.cfg.Exception(k.identity.PAN, k.identity.Sequence) {
		k.note(RuleException, "", OnException)
	}
	k.limits()
	if k.data.has(tagLCOL, tagUCOL) {
		return k.askCounters()
	}
	return k.riskManaged()
}

// limits are the floor limit (10.6.1) and, below it, random selection (10.6.2)
// on a terminal that can go online.
func (k *Kernel) limits() {
	if k.txn.Amount+min(max(0, k.txn.PriorAmount), maxAmount) >= k.app.Floor {
		k.note(RuleFloor, "", OverFloor)
		return
	}
	if !k.cfg.Terminal.offlineOnly() && k.txn.Random <= percentage(k.app, k.txn.Amount) {
		k.note(RuleRandom, "", Selected)
	}
}

// percentage is the chance of random selection for an amount below the floor
// limit (10.6.2): the target percentage below the threshold, from there rising
// evenly to the maximum at the floor limit.
func percentage(a Application, amount int64) int {
	if amount < a.Threshold || a.Threshold >= a.Floor {
		return a.Target
	}
	// Both differences stay below 10^12 and the percentage below 100.
	return a.Target + int(int64(a.MaxTarget-a.Target)*(amount-a.Threshold)/(a.Floor-a.Threshold))
}

// askCounters is velocity checking (10.6.3): the transaction counter and that of
// the last online transaction.
func (k *Kernel) askCounters() Request {
	return k.send(getData(uint16(tagATC)), func(r reply) Request {
		atc, okATC := primitive(r, tagATC)
		return k.send(getData(uint16(tagLastOnline)), func(r reply) Request {
			last, okLast := primitive(r, tagLastOnline)
			if !okATC || !okLast || len(atc) != 2 || len(last) != 2 {
				k.note(RuleVelocity, "counters-missing", OverLower, OverUpper)
				return k.riskManaged()
			}
			k.velocity(int(binary.BigEndian.Uint16(atc)), int(binary.BigEndian.Uint16(last)))
			return k.riskManaged()
		})
	})
}

// velocity compares the counters with the limits of the card (10.6.3).
func (k *Kernel) velocity(atc, last int) {
	if last == 0 {
		k.note(RuleNewCard, "", NewCard)
	}
	offline := atc - last
	if offline <= 0 {
		k.note(RuleVelocity, "counters-equal", OverLower, OverUpper)
		return
	}
	if offline > int(k.data[tagLCOL][0]) {
		k.note(RuleVelocity, "lower", OverLower)
	}
	if offline > int(k.data[tagUCOL][0]) {
		k.note(RuleVelocity, "upper", OverUpper)
	}
}

func (k *Kernel) riskManaged() Request {
	k.note(RuleRisk, "", DidRisk)
	return k.analyse()
}
