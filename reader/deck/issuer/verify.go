package issuer

import (
	"vpos/reader"
	"vpos/reader/tlv"
)

// Fault says why a request's cryptogram was not accepted, as a stable code.
type Fault string

// The faults, in the order they are looked for.
const (
	Good            Fault = ""
	FaultData       Fault = "arqc.data"       // field 55 cannot be read, or lacks something that is signed
	FaultMethod     Fault = "arqc.method"     // 9F10 is laid out as nothing known here
	FaultKey        Fault = "arqc.key"        // no master keys for its derivation key index
	FaultKind       Fault = "arqc.kind"       // the card did not ask to go online: no ARQC
	FaultCryptogram Fault = "arqc.cryptogram" // it does not verify: not this card, or not these data
)

// Faults lists every fault.
func Faults() []Fault {
	return []Fault{FaultData, FaultMethod, FaultKey, FaultKind, FaultCryptogram}
}

// Verified is a request whose cryptogram is right.
type Verified struct {
	Session
	ATC    uint16 // 9F36: a counter seen before is a replay, which only the issuer's memory can tell
	CVR    []byte // card verification results out of 9F10
	Values map[tlv.Tag][]byte
}

// The cryptogram types in 9F27 (Book 3, table 14).
const (
	acType   = 0xC0
	acOnline = 0x80
)

// Verify checks the cryptogram of a request: field 55 of a card with this number
// and sequence number (ISO 8583 field 23, -1 for none). The method and the keys
// are told by 9F10.
func (k Ring) Verify(pan reader.PAN, psn int, field55 []byte) (Verified, Fault) {
	v, fault := k.check(pan, psn, field55)
	if fault == Good && v.Values[tagCID][0]&acType != acOnline {
		return Verified{}, FaultKind
	}
	return v, fault
}

// VerifyFinal checks the cryptogram of an approval, a TC or AAC in an advice or
// a batch, as [Ring.Verify] does that of a request.
func (k Ring) VerifyFinal(pan reader.PAN, psn int, field55 []byte) (Verified, Fault) {
	return k.check(pan, psn, field55)
}

func (k Ring) check(pan reader.PAN, psn int, field55 []byte) (Verified, Fault) {
	values, ok := read(field55)
	if !ok || len(values[tagCryptogram]) != block || len(values[tagCID]) != 1 {
		return Verified{}, FaultData
	}
	method, index, ok := Recognise(values[tagIAD])
	if !ok {
		return Verified{}, FaultMethod
	}
	keys, ok := k[index]
	if !ok {
		return Verified{}, FaultKey
	}
	card := keys.Card(method, pan.Reveal(), psn)
	want, err := card.Cryptogram(func(t tlv.Tag) ([]byte, bool) { v, ok := values[t]; return v, ok })
	switch {
	case err != nil:
		return Verified{}, FaultData
	case !same(want[:], values[tagCryptogram]):
		return Verified{}, FaultCryptogram
	}
	atc, cvr := [2]byte(values[tagATC]), rules[method].cvr
	return Verified{
		Session: card.After(atc, [4]byte(values[tagUN]), want),
		ATC:     uint16(atc[0])<<8 | uint16(atc[1]),
		CVR:     values[tagIAD][cvr[0]:cvr[1]],
		Values:  values,
	}, Good
}

// read takes the objects of field 55, each once.
func read(field55 []byte) (map[tlv.Tag][]byte, bool) {
	nodes, err := tlv.Parse(field55)
	values := make(map[tlv.Tag][]byte, len(nodes))
	for _, n := range nodes {
		if _, twice := values[n.Tag]; twice {
			return nil, false
		}
		values[n.Tag] = n.Value
	}
	return values, err == nil
}

// Respond is field 55 of the reply: the issuer's answer in tag 91, then scripts
// made by [Session.Script].
func (s Session) Respond(code [2]byte, approves bool, scripts ...[]byte) []byte {
	out := tlv.Append(nil, tagIssuerAuth, s.Answer(code, approves))
	for _, script := range scripts {
		out = append(out, script...)
	}
	return out
}
