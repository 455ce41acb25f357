package keypad

import (
	"slices"

	"vpos/tui/words"
	"vpos/txn"
)

// The keys of the journal's screens. All of them are one state of the machine: what is
// looked at moves no money.

// View is what of the journal is on screen.
type View uint8

// The views.
const (
	ListView   View = iota
	SearchView      // what to search by
	FindView        // an entry to search for
	DetailView      // one transaction
	ChartView       // what a day came to
)

// The actions of the journal.
const (
	Search Action = "search"
	Totals Action = "totals"
	Every  Action = "every" // all transactions again
	Detail Action = "detail"
	Again  Action = "again" // the slips of the transaction on screen
	More   Action = "more"  // the next page of the line dialogue
)

// bookRows are the keys of the list itself.
var bookRows = []Binding{
	{Action: Detail, Keys: append([]string{"3"}, keysEnter...), Cap: capEnter, Short: words.Text{EN: "details", ZH: "明细"}, Help: words.Text{EN: "shows the transaction marked", ZH: "查看所选交易的明细"}, Plain: "show", Foot: 1, When: in(txn.Journal)},
	{Action: Search, Keys: []string{"1", "/"}, Cap: letter("1"), Short: words.Text{EN: "find", ZH: "查找"}, Help: words.Text{EN: "searches the transactions", ZH: "查找交易"}, Plain: "find", Foot: 2, When: in(txn.Journal)},
	{Action: Totals, Keys: []string{"2"}, Cap: letter("2"), Short: words.Text{EN: "totals", ZH: "统计"}, Help: words.Text{EN: "what a day came to, as bars", ZH: "查看每日统计图"}, Plain: "totals", Foot: 3, When: in(txn.Journal)},
	{Action: Every, Keys: []string{"0", "backspace"}, Cap: letter("0"), Short: words.Text{EN: "all", ZH: "全部"}, Help: words.Text{EN: "lists all transactions again", ZH: "重新列出全部交易"}, Plain: "all", When: in(txn.Journal)},
	{Action: Again, Cap: letter("4"), Short: words.Text{EN: "reprint", ZH: "重打印"}, Help: words.Text{EN: "prints its slips again", ZH: "重打印该笔签购单"}, Plain: "again", When: in(txn.Journal)},
	{Action: More, Cap: letter("↓"), Short: words.Text{EN: "more", ZH: "更多"}, Help: words.Text{EN: "lists older ones", ZH: "列出更早的交易"}, Plain: "more", When: in(txn.Journal)},
}

// totalsItem leads to the totals from the menu.
var totalsItem = Binding{
	Action: Totals, Cap: letter("75"), Short: words.Text{EN: "totals", ZH: "统计"}, Help: words.Text{EN: "what a day came to, as bars", ZH: "每日统计图"},
	Plain: "totals", Item: "75", When: fromMenu,
}

var (
	closes   = Binding{Action: Cancel, Keys: keysCancel, Cap: capCancel, Short: words.Text{EN: "back", ZH: "返回"}, Help: words.Text{EN: "goes back", ZH: "返回"}, Foot: 2, When: always}
	speaks   = Binding{Action: Language, Keys: []string{"l", "f2"}, Cap: letter("L"), Short: otherLanguage, Help: switchesTo, Foot: 6, When: always}
	tells    = Binding{Action: Help, Keys: []string{"?", "f1"}, Cap: letter("?"), Short: words.Text{EN: "help", ZH: "帮助"}, Help: words.Text{EN: "shows the keys of this screen", ZH: "显示本屏可用按键"}, Foot: 7, When: always}
	erases   = Binding{Action: Clear, Keys: []string{"backspace"}, Cap: capClear, Short: words.Text{EN: "erase", ZH: "更正"}, Help: words.Text{EN: "erases the last digit", ZH: "删除最后一位"}, Foot: 5, When: always}
	empties  = Binding{Action: ClearAll, Keys: []string{"delete", "ctrl+u"}, Cap: letter("Del"), Short: words.Text{EN: "erase all", ZH: "清空"}, Help: words.Text{EN: "erases the whole field", ZH: "清空整个输入"}, When: always}
	upward   = Binding{Action: Up, Keys: []string{"up", "kpup"}, Cap: letter("↑"), Short: words.Text{EN: "up", ZH: "上移"}, Help: words.Text{EN: "moves up", ZH: "向上移动"}, Foot: 4, When: always}
	downward = Binding{Action: Down, Keys: []string{"down", "kpdown"}, Cap: letter("↓"), Short: words.Text{EN: "down", ZH: "下移"}, Help: words.Text{EN: "moves down", ZH: "向下移动"}, Foot: 4, When: always}
)

// bookTables are the keys of the views behind the list. A digit of the search chooses by
// the table of criteria.
var bookTables = map[View][]Binding{
	SearchView: {
		enter(always, words.Text{EN: "list", ZH: "列表"}, words.Text{EN: "lists what is found", ZH: "列出查找结果"}),
		closes,
		{Action: Every, Keys: []string{"0", "backspace"}, Cap: letter("0"), Short: words.Text{EN: "all", ZH: "全部"}, Help: words.Text{EN: "lists all transactions again", ZH: "重新列出全部交易"}, Foot: 3, When: always},
		speaks, tells,
	},
	FindView: {
		enter(always, words.Text{EN: "find", ZH: "查找"}, words.Text{EN: "finds; empty: by that no more", ZH: "查找，留空则取消此条件"}),
		closes, erases, empties, speaks, tells,
	},
	DetailView: {
		{Action: Again, Keys: []string{"4", "p"}, Cap: letter("4"), Short: words.Text{EN: "reprint", ZH: "重打印"}, Help: words.Text{EN: "prints its slips again", ZH: "重打印该笔签购单"}, Foot: 1, When: always},
		closes, upward, downward,
		{Action: PageUp, Keys: []string{"pgup", "left", "kppgup", "kpleft"}, Cap: letter("←"), Short: words.Text{EN: "page up", ZH: "上页"}, Help: words.Text{EN: "a page up", ZH: "上一页"}, When: always},
		{Action: PageDown, Keys: []string{"pgdown", "right", "kppgdown", "kpright"}, Cap: letter("→"), Short: words.Text{EN: "page down", ZH: "下页"}, Help: words.Text{EN: "a page down", ZH: "下一页"}, When: always},
		speaks, tells,
	},
	ChartView: {
		closes,
		{Action: PageDown, Keys: append([]string{"right", "kpright", "pgdown", "kppgdown", "2"}, keysEnter...), Cap: letter("→"), Short: words.Text{EN: "next", ZH: "下一图"}, Help: words.Text{EN: "the next chart", ZH: "下一张图"}, Foot: 1, When: always},
		{Action: PageUp, Keys: []string{"left", "kpleft", "pgup", "kppgup"}, Cap: letter("←"), Short: words.Text{EN: "before", ZH: "上一图"}, Help: words.Text{EN: "the chart before", ZH: "上一张图"}, When: always},
		{Action: Up, Keys: []string{"up", "kpup", "4"}, Cap: letter("↑"), Short: words.Text{EN: "day before", ZH: "前一天"}, Help: words.Text{EN: "the day before", ZH: "前一天"}, Foot: 3, When: always},
		{Action: Down, Keys: []string{"down", "kpdown", "6"}, Cap: letter("↓"), Short: words.Text{EN: "day after", ZH: "后一天"}, Help: words.Text{EN: "the day after", ZH: "后一天"}, Foot: 4, When: always},
		speaks, tells,
	},
}

// viewBindings are those of every view, in the order of the views.
func viewBindings() []Binding {
	return slices.Concat(bookTables[SearchView], bookTables[FindView], bookTables[DetailView], bookTables[ChartView])
}
