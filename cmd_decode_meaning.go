package main

import (
	"slices"
	"strconv"
	"strings"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/host"
)

// meaning is what the values of one message mean: an amount needs the currency of
// another field, a response code the message type.
type meaning struct {
	profile  host.Profile
	lang     words.Lang
	held     map[host.Holder]string // the first value of each
	currency txn.Currency
	balance  txn.Currency
	op       txn.Op
	request  bool
}

func meaningOf(profile host.Profile, pieces []host.Piece, lang words.Lang) meaning {
	m := meaning{profile: profile, lang: lang, held: map[host.Holder]string{}}
	for _, p := range pieces {
		if _, known := m.held[p.Holds]; !known {
			m.held[p.Holds] = p.Value
		}
		if p.Path == "0" && len(p.Value) == 4 {
			m.op, m.request = txn.Op(p.Op), (p.Value[2]-'0')%2 == 0
		}
	}
	m.currency, _ = txn.CurrencyByCode(m.held[host.HoldsCurrency])
	m.balance, _ = txn.CurrencyByCode(m.held[host.HoldsBalanceCurrency])
	return m
}

// of is what a piece means, empty where its value says it.
func (m meaning) of(p host.Piece) string {
	switch p.Holds {
	case "":
		return m.start(p)
	case host.HoldsAmount, host.HoldsTip, host.HoldsDetailAmount, host.HoldsDebitAmount, host.HoldsCreditAmount,
		host.HoldsDomesticDebitAmount, host.HoldsDomesticCreditAmount, host.HoldsForeignDebitAmount, host.HoldsForeignCreditAmount:
		return amount(p.Value, m.currency)
	case host.HoldsBalanceAmount:
		return amount(p.Value, m.balance)
	case host.HoldsCurrency, host.HoldsBalanceCurrency:
		return txn.CurrencyNumbered(p.Value).Code()
	case host.HoldsSentUTC, host.HoldsOriginalUTC:
		return shaped(p.Value, "MD-hms", " UTC")
	case host.HoldsTime:
		return shaped(p.Value, "hms", "")
	case host.HoldsDate, host.HoldsOriginalDate:
		return shaped(p.Value, "MD", "")
	case host.HoldsMoment, host.HoldsOriginalLocal:
		return shaped(p.Value, "YMD-hms", "")
	case host.HoldsEntryMode:
		return m.entry(p.Value)
	case host.HoldsResponse:
		return m.response(p.Value)
	case host.HoldsReason:
		return m.words("reversal", here(m.profile.Reasons, p.Value))
	default:
		return m.words(string(p.Holds), p.Value)
	}
}

func (m meaning) words(holds, value string) string {
	return words.FieldMeaning(holds, value).In(m.lang)
}

// start is the meaning of what comes before the fields.
func (m meaning) start(p host.Piece) string {
	switch {
	case p.Path == "0" && p.Op == "":
		return words.FaultOperation.In(m.lang)
	case p.Path == "0":
		way := words.ISOReply
		if m.request {
			way = words.ISORequest
		}
		return words.Operation(txn.Op(p.Op)).In(m.lang) + " " + way.In(m.lang)
	case p.Path == "header" && p.Name == "processing request":
		return m.words("request", p.Value)
	}
	return ""
}

// amount reads minor units in a currency.
func amount(value string, c txn.Currency) string {
	minor, err := strconv.ParseInt(value, 10, 64)
	if err != nil || c.Code() == "" {
		return ""
	}
	return txn.Money{Minor: minor, Currency: c}.String()
}

// shaped puts the separators into digits, two a letter: Y, M, D, h, m, s and - for
// the space between a date and a time.
func shaped(value, form, after string) string {
	if len(value) != 2*len(strings.ReplaceAll(form, "-", "")) {
		return ""
	}
	var b strings.Builder
	for i, c := range form {
		if c == '-' {
			b.WriteByte(' ')
			continue
		}
		if i > 0 && form[i-1] != '-' {
			b.WriteByte(map[bool]byte{true: '-', false: ':'}[c == 'M' || c == 'D'])
		}
		if c == 'Y' {
			b.WriteString("20")
		}
		b.WriteString(value[:2])
		value = value[2:]
	}
	return b.String() + after
}

// entry is how the card was read, by the profile's table.
func (m meaning) entry(code string) string {
	for _, row := range m.profile.Entry {
		at := strings.IndexByte(row.Code, '?')
		if len(row.Code) != len(code) || at < 0 && row.Code != code ||
			at >= 0 && row.Code[:at]+row.Code[at+1:] != code[:at]+code[at+1:] ||
			row.Condition != "" && m.held[host.HoldsFallback] != "" && (row.Condition == "2") != (m.held[host.HoldsFallback] == "2") {
			continue
		}
		read := words.Entry(reader.EntryMode(row.Mode))
		switch {
		case at < 0:
			return read.In(m.lang)
		case code[at:at+1] == m.profile.PIN.Entered:
			return listed(m.lang, read, words.ISOWithPIN)
		}
		return listed(m.lang, read, words.ISONoPIN)
	}
	return ""
}

// response is a response code in words: in a reversal the reason for it.
func (m meaning) response(wire string) string {
	if m.request {
		return m.words("reversal", here(m.profile.Codes, wire))
	}
	code := here(m.profile.Codes, wire)
	if slices.ContainsFunc(m.profile.Ops, func(o host.OpSpec) bool { return o.Op == m.op && o.Approved != "" && o.Approved == wire }) {
		code = "00"
	}
	r := words.ForResponse(code)
	if m.lang == words.ZH {
		return r.Headline.ZH + "：" + r.Cause.ZH
	}
	return r.Headline.EN + ": " + r.Cause.EN
}

// here is our code for one on the wire.
func here(list []host.Pair, wire string) string {
	for _, p := range list {
		if p.Wire == wire {
			return p.Here
		}
	}
	return wire
}
