package words

import (
	"fmt"

	"vpos/reader"
)

var months = [...]string{
	"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December",
}

// Month names a card's last month: December 2030, 2030年12月; empty when the
// month does not exist.
func Month(l Lang, e reader.Expiry) string {
	if e.Month < 1 || e.Month > len(months) {
		return ""
	}
	if l == ZH {
		return fmt.Sprintf("%d年%d月", e.Year, e.Month)
	}
	return fmt.Sprintf("%s %d", months[e.Month-1], e.Year)
}

// Brand is the name of a card scheme as it is written on the card, and in
// Chinese as people call it.
func Brand(b reader.Brand) Text {
	if t, ok := brands[b]; ok {
		return t
	}
	return Text{"Card", "银行卡"}
}

var brands = map[reader.Brand]Text{
	reader.Visa:       {"Visa", "Visa"},
	reader.Mastercard: {"Mastercard", "万事达"},
	reader.Amex:       {"Amex", "美国运通"},
	reader.Diners:     {"Diners Club", "大来"},
	reader.Discover:   {"Discover", "Discover"},
	reader.JCB:        {"JCB", "JCB"},
	reader.UnionPay:   {"UnionPay", "银联"},
	reader.Mir:        {"Mir", "Mir"},
	reader.Maestro:    {"Maestro", "Maestro"},
	reader.RuPay:      {"RuPay", "RuPay"},
}

// Entry is how a card was read.
func Entry(m reader.EntryMode) Text {
	switch m {
	case reader.Manual:
		return Text{"keyed", "手工输入"}
	case reader.Swipe:
		return Text{"swiped", "刷卡"}
	case reader.Fallback:
		return Text{"swiped, chip failed", "降级刷卡"}
	case reader.Chip:
		return Text{"chip", "插卡"}
	case reader.Contactless:
		return Text{"tapped", "挥卡"}
	case reader.QR:
		return Text{"QR code", "二维码"}
	case reader.NoEntry:
	}
	return Text{}
}
