package keypad

import "vpos/tui/words"

// whyTable is the keys over what a card decided. Any other key closes it.
var whyTable = []Binding{
	{Action: Cancel, Keys: []string{"esc", "ctrl+c", "e"}, Cap: capCancel, Short: words.Text{EN: "close", ZH: "关闭"}, Help: words.Text{EN: "closes the explanation", ZH: "关闭说明"}, Foot: 1, When: always},
	{Action: Up, Keys: []string{"up", "kpup"}, Cap: letter("↑"), Short: words.Text{EN: "up", ZH: "上移"}, Help: words.Text{EN: "moves up", ZH: "向上移动"}, Foot: 2, When: always},
	{Action: Down, Keys: []string{"down", "kpdown"}, Cap: letter("↓"), Short: words.Text{EN: "down", ZH: "下移"}, Help: words.Text{EN: "moves down", ZH: "向下移动"}, Foot: 2, When: always},
	{Action: PageUp, Keys: []string{"left", "pgup", "kppgup", "kpleft"}, Cap: letter("←"), Short: words.Text{EN: "page up", ZH: "上页"}, Help: words.Text{EN: "a page up", ZH: "上一页"}, Foot: 3, When: always},
	{Action: PageDown, Keys: []string{"right", "pgdown", "kppgdown", "kpright"}, Cap: letter("→"), Short: words.Text{EN: "page down", ZH: "下页"}, Help: words.Text{EN: "a page down", ZH: "下一页"}, Foot: 3, When: always},
	{Action: Language, Keys: []string{"l"}, Cap: letter("L"), Short: words.Text{EN: "中文", ZH: "English"}, Help: words.Text{EN: "switches to Chinese 中文", ZH: "切换到英文 English"}, Foot: 4, When: always},
}
