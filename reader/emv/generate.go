package emv

import (
	"bytes"
	"slices"

	"vpos/reader/tlv"
)

// generation is what the two GENERATE AC commands keep.
type generation struct {
	generated int // commands sent: never more than two, never one twice
	asked     byte
	cdol1     []byte // the data sent with the first
	cdol2     []byte
	advice    bool
	final     struct { // the end, once the card has had its final word
		result Result
		reason Reason
	}
}

// generate is the first GENERATE AC (Book 3, 10.8; 6.5.5).
func (k *Kernel) generate(ask byte) Request {
	k.phase = PhaseCrypto
	switch ask { // Book 4, A6
	case acDecline:
		k.data[tagARC] = bytes.Clone(codeOfflineNo)
	case acApprove:
		k.data[tagARC] = bytes.Clone(codeOfflineYes)
	}
	data, ok := k.buildCDOL(tagCDOL1)
	if !ok {
		return k.badTag(tagCDOL1)
	}
	k.cdol1 = data
	return k.sendGenerate(ask, data, k.firstAnswer)
}

// buildCDOL makes the data of a GENERATE AC, the TC hash in it where the card
// wants one (Book 3, 9.2.2).
func (k *Kernel) buildCDOL(tag tlv.Tag) ([]byte, bool) {
	if asks(k.data[tag], tagTCHash) {
		list, ok := k.data[tagTDOL]
		if !ok {
			list = k.app.TDOL
			k.note(RuleTDOL, "", TDOLDefault)
		}
		data, built := k.buildDOL(list)
		if !built {
			return nil, false
		}
		k.data[tagTCHash] = digest(data)
	}
	return k.buildDOL(k.data[tag])
}

// sendGenerate sends the command. A signature is asked for wherever the keys
// for it are there and the card is not asked to decline (Book 2, 6.6).
func (k *Kernel) sendGenerate(ask byte, data []byte, next func(reply) Request) Request {
	p1 := ask
	if k.cda && ask != acDecline {
		p1 |= acSigned
	}
	k.generated++
	k.asked = p1
	k.note(RuleAsked, acNames[ask])
	return k.send(case4(0x80, insGenerateAC, p1, 0, data), next)
}

// answer is the reply to GENERATE AC.
type answer struct {
	cid        byte
	atc        []byte
	cryptogram []byte // missing where it is inside the signature
	iad        []byte
	signature  []byte // 9F4B
	hashed     []byte // the objects of the reply without the signature, for CDA
}

func (a answer) kind() byte { return a.cid & acType }

// readAnswer reads format 1, where the parts stand one after the other, and
// format 2, where they have tags (Book 3, 6.5.5.4).
func readAnswer(data []byte) (answer, bool) {
	nodes, err := tlv.Parse(data)
	if err != nil || len(nodes) != 1 {
		return answer{}, false
	}
	switch v := nodes[0].Value; nodes[0].Tag {
	case tagFormat1:
		if len(v) < 11 || len(v) > 43 {
			return answer{}, false
		}
		return answer{cid: v[0], atc: v[1:3], cryptogram: v[3:11], iad: v[11:]}, true
	case tagFormat2:
		return readObjects(data, nodes[0].Children)
	}
	return answer{}, false
}

func readObjects(data []byte, objects []tlv.Node) (answer, bool) {
	var a answer
	values := store{}
	for _, n := range objects {
		if values.has(n.Tag) {
			return answer{}, false
		}
		values[n.Tag] = n.Value
		if n.Tag != tagSigned {
			a.hashed = append(a.hashed, data[n.Offset:n.End()]...)
		}
	}
	cid := values[tagCID]
	a.atc, a.cryptogram = values[tagATC], values[tagCryptogram]
	a.iad, a.signature = values[tagIAD], values[tagSigned]
	if len(cid) != 1 || len(a.atc) != 2 || len(a.iad) > 32 {
		return answer{}, false
	}
	a.cid = cid[0]
	return a, len(a.cryptogram) == 8 || len(a.cryptogram) == 0 && len(a.signature) > 0
}

// allowed reports whether the card may answer so: never with more than it was
// asked for (Book 3, 6.5.5.1), the second time with an end (10.9).
func (k *Kernel) allowed(kind byte) bool {
	asked := k.asked & acType
	switch kind {
	case acDecline:
		return true
	case acOnline:
		return k.generated == 1 && asked != acDecline
	}
	return kind == acApprove && asked == acApprove
}

// take stores an answer and checks its signature where one was asked for. It
// gives the fault of the signature, and false for an answer that cannot be.
func (k *Kernel) take(r reply) (a answer, fault AuthFault, ok bool) {
	a, ok = readAnswer(r.data)
	if !ok || !k.allowed(a.kind()) {
		return a, "", false
	}
	k.note(RuleAnswered, acNames[a.kind()], DidCard)
	k.data[tagCID], k.data[tagATC] = []byte{a.cid}, bytes.Clone(a.atc)
	delete(k.data, tagIAD)
	if len(a.iad) > 0 {
		k.data[tagIAD] = bytes.Clone(a.iad)
	}
	k.advice = a.cid&0x08 != 0
	if k.asked&acSigned != 0 && a.kind() != acDecline {
		fault = k.checkSignature(&a)
	} else if len(a.cryptogram) == 0 {
		return a, "", false
	}
	delete(k.data, tagCryptogram)
	if len(a.cryptogram) > 0 {
		k.data[tagCryptogram] = bytes.Clone(a.cryptogram)
	}
	return a, fault, true
}

// checkSignature is Book 2, 6.6.2. The cryptogram is taken from inside the
// signature.
func (k *Kernel) checkSignature(a *answer) AuthFault {
	fault := AuthUnsigned
	if len(a.signature) > 0 {
		var c combined
		c, fault = recoverCombined(k.cardKey, a.signature, k.txn.Unpredictable[:], a.cid,
			k.pdolData, k.cdol1, k.cdol2, a.hashed)
		if fault == AuthGood {
			a.cryptogram = c.cryptogram
			k.data[tagDynamic] = bytes.Clone(c.number)
		}
	}
	if fault != AuthGood {
		k.cda = false
		k.failed(RuleCDA, fault, CDAFailed)
		return fault
	}
	k.note(RuleCDA, "good", DidODA)
	return AuthGood
}

// firstAnswer is what to do with the first cryptogram (Book 3, 10.8.1). With a
// bad signature nothing is approved: a TC becomes a decline, an ARQC an AAC at
// once (Book 2, 6.6.2; Book 4, 6.3.2.1).
func (k *Kernel) firstAnswer(r reply) Request {
	if !r.ok() {
		return k.badStatus(r)
	}
	a, fault, ok := k.take(r)
	if !ok {
		return k.badData("generate ac 1")
	}
	switch {
	case a.kind() == acDecline:
		k.data[tagARC] = bytes.Clone(codeOfflineNo)
		if a.cid&0x07 == 1 { // Book 3, table 14: service not allowed
			return k.finish(Declined, ReasonService)
		}
		return k.finish(Declined, ReasonOffline)
	case a.kind() == acApprove && fault == AuthGood:
		return k.finish(Approved, ReasonOffline)
	case a.kind() == acApprove:
		k.data[tagARC] = bytes.Clone(codeOfflineNo)
		return k.finish(Declined, ReasonSignature)
	case fault != AuthGood:
		k.data[tagARC] = bytes.Clone(codeOfflineNo)
		return k.conclude(acDecline, ReasonSignature)
	case k.cfg.Terminal.offlineOnly():
		return k.unable()
	}
	delete(k.data, tagARC)
	return k.goOnline()
}

// conclude is the second GENERATE AC (Book 3, 10.9 and 10.11).
func (k *Kernel) conclude(ask byte, reason Reason) Request {
	k.phase = PhaseComplete
	data, ok := k.buildCDOL(tagCDOL2)
	if !ok {
		return k.badTag(tagCDOL2)
	}
	k.cdol2 = slices.Clone(data)
	return k.sendGenerate(ask, data, func(r reply) Request { return k.secondAnswer(r, reason) })
}

// secondAnswer is the card's final word (Book 3, 10.11).
func (k *Kernel) secondAnswer(r reply, reason Reason) Request {
	if !r.ok() {
		return k.badStatus(r)
	}
	a, fault, ok := k.take(r)
	switch {
	case !ok:
		return k.badData("generate ac 2")
	case fault != AuthGood:
		return k.finish(Declined, ReasonSignature)
	case a.kind() == acApprove:
		return k.finish(Approved, reason)
	case k.host == HostYes:
		return k.finish(Declined, ReasonCardRefused)
	}
	return k.finish(Declined, reason)
}

// finish fixes the end; only scripts may still come (Book 3, 10.10).
func (k *Kernel) finish(result Result, reason Reason) Request {
	k.final.result, k.final.reason = result, reason
	return k.runScripts(k.after, ScriptAfter, func() Request { return k.end(result, reason) })
}
