package host

import (
	"strconv"

	"github.com/pelletier/go-toml/v2/unstable"
)

// index notes where every key of the file stands, also those of inline tables
// and of the tables in arrays, so that what is found wrong later has a line. It
// ends where the file is no TOML: decoding says why.
func (l *problems) index() {
	l.lines = map[string]int{}
	var p unstable.Parser
	p.Reset(l.data)
	table, rows := "", map[string]int{} // of an array of tables, how many there are
	for p.NextExpression() {
		n := p.Expression()
		switch n.Kind { //nolint:exhaustive // the parser's other kinds are no expressions
		case unstable.Table:
			table = l.note("", n.Key())
		case unstable.ArrayTable:
			name := l.note("", n.Key())
			table = name + "." + strconv.Itoa(rows[name])
			rows[name]++
			l.lines[table] = int(n.Child().Raw.Offset)
		case unstable.KeyValue:
			l.value(l.note(table, n.Key()), n.Value())
		}
	}
}

// note joins a dotted key below another and notes each step of it.
func (l *problems) note(above string, it unstable.Iterator) string {
	for it.Next() {
		n := it.Node()
		if above != "" {
			above += "."
		}
		above += string(n.Data)
		if _, twice := l.lines[above]; !twice {
			l.lines[above] = int(n.Raw.Offset)
		}
	}
	return above
}

// value notes the keys inside a value.
func (l *problems) value(key string, v *unstable.Node) {
	switch v.Kind { //nolint:exhaustive // the others have nothing inside
	case unstable.InlineTable:
		for it := v.Children(); it.Next(); {
			n := it.Node()
			l.value(l.note(key, n.Key()), n.Value())
		}
	case unstable.Array:
		i := 0
		for it := v.Children(); it.Next(); i++ {
			l.value(key+"."+strconv.Itoa(i), it.Node())
		}
	}
}
