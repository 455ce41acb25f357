package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// present takes whichever card comes.
func present(p *page, h int) {
	p.due()
	p.gap()
	if h >= 12 {
		p.picture()
		p.gap()
	}
	p.middle(theme.Strong, p.text(words.ForState(txn.Present).Prompt))
}
