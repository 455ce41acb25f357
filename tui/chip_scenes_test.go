package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/reader"
	"vpos/reader/emv"
	"vpos/tui/screen"
	"vpos/txn"
)

// two is a card's question with names as bad as a card may send them.
var two = txn.CardChoose{Names: []string{"VISA CREDIT", "银联 \x1b[31m借记\u202e", ""}}

// decided is a transaction that went to the bank and was refused by the card.
var decided = []emv.Decision{
	{Phase: emv.PhaseSelect, Rule: emv.RulePSEUsed},
	{Phase: emv.PhaseSelect, Rule: emv.RuleCandidate, Detail: "A0000000031010"},
	{Phase: emv.PhaseSelect, Rule: emv.RuleChosen, Detail: "A0000000031010"},
	{Phase: emv.PhaseInitiate, Rule: emv.RuleFormat1},
	{Phase: emv.PhaseRead, Rule: emv.RuleAFL, Detail: "08010200"},
	{Phase: emv.PhaseODA, Rule: emv.RuleNoMethod, TVR: emv.TVR{0x80}},
	{Phase: emv.PhaseCVM, Rule: emv.RulePINWrong, Detail: "63C2"},
	{Phase: emv.PhaseCVM, Rule: emv.RulePINGood, TSI: emv.TSI{0x40}},
	{Phase: emv.PhaseRisk, Rule: emv.RuleFloor, TVR: emv.TVR{0, 0, 0, 0x80}},
	{Phase: emv.PhaseAction, Rule: emv.RuleOnline, Detail: "TAC", TSI: emv.TSI{0x08}},
	{Phase: emv.PhaseCrypto, Rule: emv.RuleAnswered, Detail: "ARQC"},
	{Phase: emv.PhaseOnline, Rule: emv.RuleHost, Detail: "00"},
	{Phase: emv.PhaseComplete, Rule: emv.RuleRefused},
}

var visaChip = reader.ChipData{Label: "VISA CREDIT", PIN: true}

// seen is a scene whose reader holds a card.
func seen(set func(b *bench)) func(b *bench) {
	return func(b *bench) {
		b.sees = screen.ReaderCardIn
		set(b)
	}
}

var chipScenes = []scene{
	{"choose", txn.Choose, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(two)
		b.press(tea.KeyPressMsg{Code: tea.KeyDown})
	})},
	{"choose-retry", txn.Choose, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(two, txn.CardChoose{Names: []string{"VISA DEBIT", "VISA CREDIT"}, Retry: true})
		b.keys("2")
	})},
	{"choose-many", txn.Choose, seen(func(b *bench) {
		many := txn.CardChoose{Names: make([]string, 24)}
		for i := range many.Names {
			many.Names[i] = "APPLICATION " + string(rune('A'+i))
		}
		b.keys("1234\n")
		b.insert(many)
		for range 14 {
			b.press(tea.KeyPressMsg{Code: tea.KeyDown})
		}
		b.keys("0")
	})},
	{"pin-foreign", txn.PINEntry, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(txn.CardPIN{Tries: 3, Lang: "zh"})
	})},
	{"why", txn.Idle, func(b *bench) {
		b.trace = decided
		b.keys("e")
		b.press(tea.KeyPressMsg{Code: tea.KeyDown}, tea.KeyPressMsg{Code: tea.KeyDown})
	}},
	{"pin", txn.PINEntry, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(txn.CardPIN{Tries: 3})
		b.keys("98")
	})},
	{"pin-wrong", txn.PINEntry, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(txn.CardPIN{Tries: 3}, txn.CardPIN{Tries: 1, Wrong: true})
		b.keys("9876\n")
	})},
	{"pin-short", txn.PINEntry, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(txn.CardPIN{Tries: -1})
		b.keys("987\n")
	})},
	{"pin-pad", txn.PINEntry, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(txn.CardPIN{Tries: 3, Pad: true})
		b.keys("98\n")
	})},
	{"chip-reading", txn.Processing, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert()
		b.now = b.now.Add(2 * time.Second)
		b.feed(Changed{})
	})},
	{"chip-online", txn.Processing, seen(func(b *bench) {
		b.till.host = answer("")
		b.till.state.Signed = true
		b.keys("1234\n")
		b.insert(txn.CardOnline{Card: chipped(visaChip)})
		b.now = b.till.now.Add(3 * time.Second)
		b.feed(Changed{})
	})},
	{"chip-completing", txn.Processing, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(txn.CardOnline{Card: chipped(visaChip)})
	})},
	{"chip-approved", txn.ApprovedShown, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(txn.CardOnline{Card: chipped(visaChip)}, txn.CardDone{Approved: true})
	})},
	{"chip-sign", txn.ApprovedShown, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(txn.CardOnline{Card: chipped(reader.ChipData{Label: "VISA\x07 CREDIT", Signature: true})}, txn.CardDone{Approved: true})
	})},
	{"chip-declined", txn.DeclinedShown, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(txn.CardDone{Declined: true, Code: "emv.offline", Card: wiped()})
	})},
	{"chip-refused", txn.UnknownShown, seen(func(b *bench) {
		b.till.host = func(r txn.Request) []txn.Event {
			if r.Op == txn.OpReversal {
				return nil
			}
			return answer("00")(r)
		}
		b.keys("1234\n")
		b.insert(txn.CardOnline{Card: chipped(visaChip)}, txn.CardDone{Code: "emv.card-refused"})
	})},
	{"chip-forgotten", txn.Idle, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(txn.CardOnline{Card: chipped(visaChip)}, txn.CardDone{Approved: true})
		b.keys("\n")
	})},
	{"idle-card-in", txn.Idle, seen(func(b *bench) { b.insert() })},
	{"present-reader", txn.Present, func(b *bench) { b.sees = screen.ReaderReady; b.keys("1234\n") }},
	{"present-spent", txn.Present, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(txn.CardOnline{Card: chipped(visaChip)}, txn.CardDone{Approved: true})
		b.keys("\n500\n")
	})},
	{"present-mute", txn.Present, func(b *bench) {
		b.sees = screen.ReaderMute
		b.keys("1234\n")
		b.insert(txn.CardDone{Code: txn.CardMute})
	}},
	{"present-real", txn.Present, seen(func(b *bench) {
		b.keys("1234\n")
		b.insert(txn.CardDone{Code: txn.CardReal, Card: wiped()})
	})},
	{"present-busy", txn.Present, func(b *bench) {
		b.sees = screen.ReaderBusy
		b.keys("1234\n")
		b.insert(txn.CardDone{Code: txn.CardBusy})
	}},
	{"deck-present", txn.Present, func(b *bench) { b.keys("1234\n") }},
	{"deck-list", txn.Present, func(b *bench) {
		b.keys("1234\nc")
		b.press(tea.KeyPressMsg{Code: tea.KeyDown}, tea.KeyPressMsg{Code: tea.KeyDown})
	}},
	{"deck-list-end", txn.Present, func(b *bench) {
		b.keys("1234\nc")
		b.press(tea.KeyPressMsg{Code: tea.KeyRight})
		b.deck.fail = true
		b.keys("4")
	}},
	{"deck-declined", txn.DeclinedShown, func(b *bench) {
		b.deck.says = []txn.Event{txn.CardDone{Declined: true, Code: "emv.offline", Card: wiped()}}
		b.keys("1234\nc1")
	}},
	{"help-deck", txn.Present, func(b *bench) { b.keys("1234\n?") }},
}
