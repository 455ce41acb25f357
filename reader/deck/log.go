package deck

import "vpos/reader/tlv"

// The log of transactions (Book 3, annex D): its file and how many it keeps.
const (
	logSFI  = 11
	logSize = 10
)

// log keeps an approved transaction, as the log's format (9F4F) asks.
func (a *app) log(values map[tlv.Tag][]byte) {
	if len(a.Log) == 0 {
		return
	}
	format, _ := tlv.ParseDOL(a.Log)
	line := format.Build(nil, func(t tlv.Tag) ([]byte, bool) {
		if t == tagATC {
			return pair(a.state.ATC), true
		}
		v, ok := values[t]
		return v, ok
	})
	a.state.Log = append([][]byte{line}, a.state.Log[:min(len(a.state.Log), logSize-1)]...)
}

// logRecord is READ RECORD of the log: the newest first, without any template.
func (a *app) logRecord(number int) Reply {
	if number < 1 || number > len(a.state.Log) {
		return status(swNoRecord)
	}
	return give(a.state.Log[number-1])
}
