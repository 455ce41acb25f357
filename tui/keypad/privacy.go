package keypad

import "vpos/tui/words"

// The privacy key blanks the screen at once, wherever one is, and brings it back.

var privacyRows = []Binding{
	{Action: Privacy, Keys: []string{"i", "f9"}, Cap: letter("I"), Short: blanks, Help: blanksAll, Plain: "privacy", Item: "96", When: unspelled},
	{Action: Privacy, Keys: []string{"f9"}, Cap: letter("F9"), Short: blanks, Help: blanksAll, Plain: "privacy", When: spelled},
}

var (
	blanks    = words.Text{EN: "privacy", ZH: "隐私屏"}
	blanksAll = words.Text{EN: "blanks the screen, and back", ZH: "隐藏屏幕内容，再按恢复"}
)

// hiddenTable is the keys while nothing is shown. Any other goes nowhere.
var hiddenTable = []Binding{
	{
		Action: Privacy, Keys: append([]string{"i", "f9"}, keysEnter...), Cap: capEnter, Short: words.Text{EN: "show", ZH: "恢复显示"},
		Help: words.Text{EN: "shows the screen again", ZH: "恢复屏幕显示"}, Plain: "privacy", Foot: 1, When: always,
	},
}
