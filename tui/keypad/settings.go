package keypad

import (
	"vpos/tui/words"
	"vpos/txn"
)

// settingsRow opens the settings.
var settingsRow = Binding{
	Action: Settings, Keys: []string{"x"}, Cap: letter("X"), Short: words.Text{EN: "settings", ZH: "设置"},
	Help: words.Text{EN: "changes the settings", ZH: "更改终端设置"}, Plain: "settings", Item: "95", When: fromMenu,
}

// stockRow opens the list of goods.
var stockRow = Binding{
	Action: Stock, Cap: letter("›"), Short: words.Text{EN: "goods list", ZH: "商品管理"},
	Help: words.Text{EN: "changes the list of goods", ZH: "更改商品和单价"}, Plain: "stock", Item: "97", When: fromMenu,
}

// settingsRows are the keys of the settings. A digit chooses the row that it stands
// before.
var settingsRows = []Binding{
	settingsRow,
	stockRow,
	enter(in(txn.Stock), words.Text{EN: "take", ZH: "确认"}, words.Text{EN: "takes the line, or the marked", ZH: "保存此行，或取所选商品"}),
	cancel(in(txn.Stock), words.Text{EN: "back", ZH: "返回"}, words.Text{EN: "goes back", ZH: "返回"}),
	enter(in(txn.Settings), words.Text{EN: "choose", ZH: "选择"}, words.Text{EN: "opens or takes the row marked", ZH: "进入或采用所选项"}),
	cancel(in(txn.Settings), words.Text{EN: "back", ZH: "返回"}, words.Text{EN: "goes back", ZH: "返回"}),
	{Action: Down, Keys: []string{"down", "kpdown"}, Cap: letter("↓"), Short: words.Text{EN: "down", ZH: "下移"}, Help: words.Text{EN: "moves down", ZH: "向下移动"}, Foot: 3, When: in(txn.Settings)},
	{Action: Up, Keys: []string{"up", "kpup"}, Cap: letter("↑"), Short: words.Text{EN: "up", ZH: "上移"}, Help: words.Text{EN: "moves up", ZH: "向上移动"}, Foot: 4, When: in(txn.Settings)},
}
