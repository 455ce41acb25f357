package keypad

import (
	"vpos/tui/words"
	"vpos/txn"
)

// The keys of a training terminal's virtual cards.

// wantsCard says that a card put in now is read at once.
func wantsCard(s txn.State) bool {
	switch s.Name {
	case txn.Present:
		return true
	case txn.DeclinedShown:
		return takesCard(s.Draft.Kind)
	case txn.Confirm:
		return s.Setup.VoidCard && s.Draft.Kind.Voids()
	default:
		return false
	}
}

// takesCard says that a transaction of a kind begins with a card in the shop.
func takesCard(k txn.Kind) bool {
	switch k {
	case txn.Void, txn.CompletionVoid, txn.Tip, txn.Phone, txn.Scan, txn.Show, txn.Settlement, txn.SignOn, txn.SignOff:
		return false
	default:
		return true
	}
}

// cardIn says that a card is in the reader and x is no character of the field.
func cardIn(s txn.State) bool { return s.CardIn != "" && FieldAt(s).fold('x') == 0 }

// cardBehindAmount says that only a word takes the card out: x is typed into the field.
func cardBehindAmount(s txn.State) bool { return s.CardIn != "" && FieldAt(s).fold('x') != 0 }

// done says that a card is in and nothing is being done with it.
func done(s txn.State) bool { return cardIn(s) && !s.Reading() }

var (
	takeOut  = words.Text{EN: "take card out", ZH: "取出卡片"}
	takesOut = words.Text{EN: "takes the virtual card out", ZH: "取出虚拟卡"}
)

// cardsRow is a key of the deck's on an ordinary screen, and the arrow that does the
// same where a keypad has no letters.
func cardsRow(a Action, key string, foot int, when func(txn.State) bool) Binding {
	arrow := map[Action]string{Cards: "down", TakeOut: "up"}[a]
	b := Binding{Action: a, Keys: []string{key, arrow, "kp" + arrow}, Foot: foot, Deck: true, When: when}
	switch a {
	case TakeOut:
		b.Cap, b.Short, b.Help, b.Plain = letter("X"), takeOut, takesOut, "remove"
	default:
		b.Cap, b.Plain = letter("C"), "card"
		b.Short, b.Help = words.Text{EN: "virtual card", ZH: "虚拟卡"}, words.Text{EN: "puts a virtual card in", ZH: "插入一张虚拟卡"}
	}
	return b
}

// deckTable is the keys over the list of virtual cards. A digit puts in the card
// of that number.
var deckTable = []Binding{
	enter(always, words.Text{EN: "put in", ZH: "插入"}, words.Text{EN: "puts the marked card in", ZH: "插入所选卡片"}),
	{Action: Cancel, Keys: []string{"esc", "ctrl+c", "c"}, Cap: capCancel, Short: words.Text{EN: "close", ZH: "关闭"}, Help: words.Text{EN: "closes the list", ZH: "关闭列表"}, Foot: 2, When: always},
	{Action: TakeOut, Keys: []string{"x"}, Cap: letter("X"), Short: takeOut, Help: takesOut, Foot: 3, Deck: true, When: func(s txn.State) bool { return s.CardIn != "" }},
	{Action: Up, Keys: []string{"up", "kpup"}, Cap: letter("↑"), Short: words.Text{EN: "up", ZH: "上移"}, Help: words.Text{EN: "moves up", ZH: "向上移动"}, Foot: 4, When: always},
	{Action: Down, Keys: []string{"down", "kpdown"}, Cap: letter("↓"), Short: words.Text{EN: "down", ZH: "下移"}, Help: words.Text{EN: "moves down", ZH: "向下移动"}, Foot: 4, When: always},
	{Action: PageUp, Keys: []string{"left", "pgup", "kppgup", "kpleft"}, Cap: letter("←"), Short: words.Text{EN: "page up", ZH: "上页"}, Help: words.Text{EN: "a page up", ZH: "上一页"}, Foot: 5, When: always},
	{Action: PageDown, Keys: []string{"right", "pgdown", "kppgdown", "kpright"}, Cap: letter("→"), Short: words.Text{EN: "page down", ZH: "下页"}, Help: words.Text{EN: "a page down", ZH: "下一页"}, Foot: 5, When: always},
	{Action: Language, Keys: []string{"l"}, Cap: letter("L"), Short: words.Text{EN: "中文", ZH: "English"}, Help: words.Text{EN: "switches to Chinese 中文", ZH: "切换到英文 English"}, Foot: 6, When: always},
}
