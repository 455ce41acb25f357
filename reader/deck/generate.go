package deck

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"

	"vpos/reader/deck/issuer"
	"vpos/reader/tlv"
)

// The cryptogram types (Book 3, tables 12 and 14).
const (
	acDecline = 0x00 // AAC
	acApprove = 0x40 // TC
	acOnline  = 0x80 // ARQC
	acType    = 0xC0
	acSigned  = 0x10 // P1: with a CDA signature
	acNone    = 0xFF // not asked for yet
)

// exchange is one transaction of an application.
type exchange struct {
	started       bool // GET PROCESSING OPTIONS was answered
	pdol          []byte
	values        map[tlv.Tag][]byte // what the terminal said, by tag
	sent          []byte             // all CDOL data, for CDA
	first, second byte               // the cryptograms given, acNone for none
	session       issuer.Session     // opened by the first cryptogram
	open          bool

	pinTried, pinGood, pinEnciphered bool
	dda, cdaFirst, cdaLast           bool
	overLower, overUpper             bool // so much was spent offline that the card asked, or refused
	issuerTried, issuerGood, agrees  bool
	unable                           bool
	scripts                          int
}

// start is GET PROCESSING OPTIONS (Book 3, 6.5.8), once after each SELECT.
func (c *Card) start(k command) Reply {
	a := c.current
	nodes, err := tlv.Parse(k.data)
	dol, _ := tlv.ParseDOL(a.PDOL)
	index := slices.IndexFunc(c.apps, func(b app) bool { return b.application == a.application })
	switch {
	case c.live.started || c.flaws.gpoRefused == index+1 || a.state.ATC == 0xFFFF:
		return status(swConditions)
	case k.p1 != 0 || k.p2 != 0:
		return status(swBadP1P2)
	case err != nil || len(nodes) != 1 || nodes[0].Tag != tagCommandData || len(nodes[0].Value) != dol.Size():
		return status(swBadData)
	}
	a.state.ATC++
	c.live = exchange{
		started: true, pdol: bytes.Clone(nodes[0].Value), values: map[tlv.Tag][]byte{}, first: acNone, second: acNone,
	}
	c.live.take(dol, c.live.pdol)
	if a.Format == 2 {
		return give(tlv.Append(nil, tagFormat2, tlv.Append(tlv.Append(nil, tagAIP, a.aip), tagAFL, a.afl)))
	}
	return give(tlv.Append(nil, tagFormat1, slices.Concat(a.aip, a.afl)))
}

// take keeps the terminal's data by tag.
func (e *exchange) take(dol tlv.DOL, data []byte) {
	for _, d := range dol {
		e.values[d.Tag] = bytes.Clone(data[:d.Length])
		data = data[d.Length:]
	}
}

// generate is GENERATE AC (Book 3, 6.5.5), twice at most.
func (c *Card) generate(k command) Reply {
	a, e := c.current, &c.live
	a.make(&c.flaws)
	list := a.values[tagCDOL1]
	if e.first != acNone {
		list = a.values[tagCDOL2]
	}
	dol, _ := tlv.ParseDOL(list)
	switch {
	case !e.started || e.second != acNone || e.first != acNone && e.first != acOnline:
		return status(swConditions)
	case k.p1&acType == acType || k.p2 != 0 || k.p1&acSigned != 0 && a.Authentication != "cda":
		return status(swBadP1P2)
	case len(k.data) != dol.Size():
		return status(swLength)
	}
	e.take(dol, k.data)
	e.sent = append(e.sent, k.data...)
	kind, signed := byte(0), false
	if e.first == acNone {
		kind = c.decideFirst(k.p1 & acType)
		signed = k.p1&acSigned != 0 && kind != acDecline
		e.first, e.cdaFirst = kind, signed
	} else {
		kind = c.decideLast(k.p1 & acType)
		signed = k.p1&acSigned != 0 && kind != acDecline
		e.second, e.cdaLast = kind, signed
	}
	if kind == acApprove {
		a.log(e.values)
	}
	return c.cryptogram(kind, signed)
}

// decideFirst is card action analysis (Book 3, 10.8): never more than was asked
// for, less where the file says so or too much was spent offline, and nothing but
// an AAC once the application is blocked (Book 3, 6.5.1).
func (c *Card) decideFirst(asked byte) byte {
	a := c.current
	switch {
	case asked == acDecline || a.Decide == "decline" || a.state.Blocked:
		return acDecline
	case asked == acOnline || a.Decide == "online":
		return acOnline
	case a.OfflineLower > 0 && a.state.Offline >= a.OfflineLower:
		c.live.overLower = true
		return acOnline
	}
	a.countOffline(c.live.values[tagAmount])
	return acApprove
}

// decideLast is the card's final word (Book 3, 10.11).
func (c *Card) decideLast(asked byte) byte {
	a, e := c.current, &c.live
	arc := e.values[tagARC]
	e.unable = len(arc) == 2 && (arc[0] == 'Y' || arc[0] == 'Z') && arc[1] == '3'
	if answer := e.values[tagIssuerAuth]; !e.issuerTried && !e.unable && len(bytes.Trim(answer, "\x00")) > 0 {
		c.weigh(answer) // an issuer's answer that came with CDOL2
	}
	switch {
	case asked != acApprove || c.flaws.refusesEnd || a.AtEnd == "decline" || a.state.Blocked:
		return acDecline
	case e.unable && a.OfflineUpper > 0 && a.state.Offline >= a.OfflineUpper:
		e.overUpper = true
		return acDecline
	case e.unable:
		a.countOffline(e.values[tagAmount])
		return acApprove
	case a.IssuerAuth == "required" && !e.issuerGood, e.issuerGood && !e.agrees:
		return acDecline
	}
	a.state.LastOnline, a.state.Offline, a.state.Amount = a.state.ATC, 0, 0
	return acApprove
}

// countOffline adds a transaction the issuer did not see.
func (a *app) countOffline(amount []byte) {
	a.state.Offline++
	n := int64(0)
	for _, b := range amount[:min(len(amount), 6)] {
		n = n*100 + int64(b>>4)*10 + int64(b&0x0F)
	}
	a.state.Amount += n
}

// authenticateIssuer is EXTERNAL AUTHENTICATE (Book 3, 6.5.4), once in a
// transaction.
func (c *Card) authenticateIssuer(k command) Reply {
	e := &c.live
	switch {
	case c.current.AIP[0]&aipIssuer == 0:
		return status(swNotSupported)
	case !e.open || e.first != acOnline || e.second != acNone || e.issuerTried:
		return status(swConditions)
	case len(k.data) < 8 || len(k.data) > 16:
		return status(swLength)
	}
	c.weigh(k.data)
	if !e.issuerGood {
		return status(swAuthFailed)
	}
	return status(swOK)
}

// weigh checks the issuer's answer.
func (c *Card) weigh(data []byte) {
	e := &c.live
	e.issuerTried = true
	e.issuerGood, e.agrees = e.session.Accepts(data)
	if c.flaws.rejectsIssuer {
		e.issuerGood = false
	}
}

// cryptogram makes the cryptogram and the reply with it.
func (c *Card) cryptogram(kind byte, signed bool) Reply {
	a, e := c.current, &c.live
	iad := a.Cryptogram.IAD(issuer.TestIndex, c.results(), []byte{0xDA, 0xC0}, a.counters())
	ac, err := a.keys.Cryptogram(func(t tlv.Tag) ([]byte, bool) {
		switch t {
		case tagAIP:
			return a.aip, true
		case tagATC:
			return pair(a.state.ATC), true
		case tagIAD:
			return iad, true
		}
		v, ok := e.values[t]
		return v, ok
	})
	if err != nil {
		return status(swBadData)
	}
	if c.flaws.badCryptogram {
		ac[0] ^= 0xFF
	}
	if kind == acOnline {
		e.session = a.keys.After([2]byte(pair(a.state.ATC)), [4]byte(e.values[tagUN]), ac)
		e.open = true
	}
	switch {
	case signed:
		return give(c.combined(kind, ac[:], iad))
	case a.Format == 2:
		body := tlv.Append(tlv.Append(nil, tagCID, []byte{kind}), tagATC, pair(a.state.ATC))
		body = tlv.Append(tlv.Append(body, tagCryptogram, ac[:]), tagIAD, iad)
		return give(tlv.Append(nil, tagFormat2, body))
	}
	return give(tlv.Append(nil, tagFormat1, slices.Concat([]byte{kind}, pair(a.state.ATC), ac[:], iad)))
}

// combined is the reply with a CDA signature (Book 2, 6.6.1): the cryptogram is
// inside the signature, and so is a hash over all the terminal sent and all that
// is answered.
func (c *Card) combined(kind byte, ac, iad []byte) []byte {
	e := &c.live
	head := tlv.Append(tlv.Append(nil, tagCID, []byte{kind}), tagATC, pair(c.current.state.ATC))
	tail := tlv.Append(nil, tagIAD, iad)
	hash := digest(e.pdol, e.sent, head, tail)
	data := slices.Concat(c.dynamicNumber(), []byte{kind}, ac, hash)
	signature := rsaOf(cardKey).seal(c.dynamicHead(data), c.flaws.badDynamic, e.values[tagUN])
	return tlv.Append(nil, tagFormat2, slices.Concat(head, tlv.Append(nil, tagSigned, signature), tail))
}

// counters is what M/Chip cards tell of their offline spending: the amount and
// the number of transactions (six bytes, one byte, FF).
func (a *app) counters() []byte {
	amount, _ := hex.DecodeString(fmt.Sprintf("%012d", min(a.state.Amount, 999_999_999_999)))
	return append(amount, byte(min(a.state.Offline, 255)), 0xFF) //nolint:gosec // bounded
}
