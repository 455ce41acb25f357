package emv

import (
	"bytes"
	"slices"

	"vpos/reader/tlv"
)

// auth is what offline data authentication keeps.
type auth struct {
	issuerKey publicKey
	cardKey   publicKey
	cda       bool // the card's signature is asked for with its cryptograms
}

// The bits of the terminal's security capability (9F33 byte 3; Book 4, table 27).
const (
	canSDA = 0x80
	canDDA = 0x40
	canCDA = 0x08
)

// authenticate is Book 3, 10.3: the best method both sides have, at most one.
func (k *Kernel) authenticate() Request {
	k.phase = PhaseODA
	t := k.cfg.Terminal
	switch {
	case k.supports(aipCDA) && t.can(2, canCDA):
		k.prepareCDA()
	case k.supports(aipDDA) && t.can(2, canDDA):
		return k.startDDA()
	case k.supports(aipSDA) && t.can(2, canSDA):
		k.doSDA()
	default:
		k.note(RuleNoMethod, "", NoODA)
	}
	return k.restrict()
}

// failed records a method that did not work out: it was performed, its bit
// says how it ended, and missing data has a bit of its own (Book 3, 10.3).
func (k *Kernel) failed(rule Rule, fault AuthFault, bit Bit) {
	if fault == AuthMissing {
		k.note(rule, string(fault), bit, DidODA, DataMissing)
		return
	}
	k.note(rule, string(fault), bit, DidODA)
}

// doSDA is Book 2, 5: the issuer's signature over the card's static data.
func (k *Kernel) doSDA() {
	k.note(RuleSDA, "selected", SDASelected)
	fault := k.recoverIssuer()
	var static, code []byte
	if fault == AuthGood {
		static, fault = k.staticData()
	}
	if fault == AuthGood && !k.data.has(tagSignedStatic) {
		fault = AuthMissing
	}
	if fault == AuthGood {
		code, fault = recoverStatic(k.issuerKey, k.data[tagSignedStatic], static)
	}
	if fault != AuthGood {
		k.failed(RuleSDA, fault, SDAFailed)
		return
	}
	k.data[tagDAC] = bytes.Clone(code)
	k.note(RuleSDA, "good", DidODA)
}

// recoverIssuer is Book 2, 5.2 and 5.3 (6.2 and 6.3 are the same).
func (k *Kernel) recoverIssuer() AuthFault {
	if !k.data.has(tagCAIndex, tagIssuerCert, tagIssuerExp) {
		return AuthMissing
	}
	rid, index := [5]byte(k.data[tagDFName][:5]), k.data[tagCAIndex][0]
	ca, fault := k.cfg.capk(rid, index, k.txn.Time)
	if fault != AuthGood {
		return fault
	}
	k.data[tagCAIndexUsed] = []byte{index}
	k.issuerKey, fault = issuerCert{
		ca: ca, cert: k.data[tagIssuerCert], remainder: k.data[tagIssuerRem], exponent: k.data[tagIssuerExp],
		pan: k.identity.PAN.Reveal(), at: k.txn.Time,
		revoked: func(serial []byte) bool { return k.cfg.revoked(rid, index, serial) },
	}.recover()
	return fault
}

// staticData is the static data to be authenticated (Book 3, 10.3): the signed
// records, then the AIP where the tag list asks for it, which may ask for
// nothing else (Book 2, 5.1.1).
func (k *Kernel) staticData() ([]byte, AuthFault) {
	if k.badSign {
		return nil, AuthRecords
	}
	list, present := k.data[tagTagList]
	switch {
	case !present:
		return k.signed, AuthGood
	case !bytes.Equal(list, []byte{byte(tagAIP)}):
		return nil, AuthTagList
	}
	return slices.Concat(k.signed, k.aip[:]), AuthGood
}

// recoverCard is Book 2, 6.4, after the issuer's key.
func (k *Kernel) recoverCard() AuthFault {
	if !k.data.has(tagCardCert, tagCardExp) {
		return AuthMissing
	}
	if fault := k.recoverIssuer(); fault != AuthGood {
		return fault
	}
	static, fault := k.staticData()
	if fault != AuthGood {
		return fault
	}
	k.cardKey, fault = cardCert{
		issuer: k.issuerKey, cert: k.data[tagCardCert], remainder: k.data[tagCardRem],
		exponent: k.data[tagCardExp], static: static, pan: k.identity.PAN.Reveal(), at: k.txn.Time,
	}.recover()
	return fault
}

// prepareCDA is the part of Book 2, 6.6 that comes before the cryptogram: the
// keys. Without them no signature is asked for.
func (k *Kernel) prepareCDA() {
	if fault := k.recoverCard(); fault != AuthGood {
		k.failed(RuleCDA, fault, CDAFailed)
		return
	}
	k.cda = true
	k.note(RuleCDA, "keys")
}

// startDDA is Book 2, 6.5.1: the card signs data of the terminal's choice.
func (k *Kernel) startDDA() Request {
	fault := k.recoverCard()
	list, ok := k.data[tagDDOL]
	if !ok {
		list = k.app.DDOL
	}
	data, built := k.buildDOL(list)
	switch {
	case fault != AuthGood:
	case !built || !asks(list, tagUN):
		fault = AuthDDOL
	default:
		return k.send(case4(0x00, insInternalAuth, 0, 0, data), func(r reply) Request { return k.signedDDA(r, data) })
	}
	k.failed(RuleDDA, fault, DDAFailed)
	return k.restrict()
}

// asks reports whether a DOL asks for a tag.
func asks(list []byte, tag tlv.Tag) bool {
	dol, _ := tlv.ParseDOL(list)
	return slices.ContainsFunc(dol, func(e tlv.Entry) bool { return e.Tag == tag })
}

// signedDDA checks the signature (Book 2, 6.5.2); the reply has format 1 or 2
// (Book 3, 6.5.9.4).
func (k *Kernel) signedDDA(r reply, terminal []byte) Request {
	if !r.ok() {
		return k.badStatus(r)
	}
	nodes, err := tlv.Parse(r.data)
	if err != nil || len(nodes) != 1 || nodes[0].Tag != tagFormat1 && nodes[0].Tag != tagFormat2 {
		return k.badData("internal authenticate")
	}
	signature := nodes[0].Value
	if nodes[0].Tag == tagFormat2 {
		n, ok := tlv.Find(nodes[0].Children, tagSigned)
		if !ok {
			k.failed(RuleDDA, AuthMissing, DDAFailed)
			return k.restrict()
		}
		signature = n.Value
	}
	dynamic, fault := recoverDynamic(k.cardKey, signature, terminal)
	number, _, ok := dynamicNumber(dynamic)
	switch {
	case fault != AuthGood:
		k.failed(RuleDDA, fault, DDAFailed)
	case !ok:
		k.failed(RuleDDA, AuthDynamic, DDAFailed)
	default:
		k.data[tagDynamic] = bytes.Clone(number)
		k.note(RuleDDA, "good", DidODA)
	}
	return k.restrict()
}
