package words

import (
	"strings"
	"testing"

	"vpos/txn"
	"vpos/txn/host"
)

// Every field and every part of the shipped profiles has a Chinese name, and every
// operation both.
func TestEveryFieldHasAName(t *testing.T) {
	look := func(name string) {
		if text := FieldName(name); name != "" && (text.EN != name || !han(text.ZH) && text.ZH == text.EN) {
			t.Errorf("%q has no name: %+v", name, text)
		}
	}
	var parts func(list []host.Part)
	parts = func(list []host.Part) {
		for _, p := range list {
			look(p.Name)
			parts(p.Parts)
		}
	}
	for _, name := range host.Shipped() {
		p, err := host.LoadProfile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range p.Fields {
			look(f.Name)
			parts(f.Parts)
			for _, l := range f.Layouts {
				parts(l.Parts)
			}
		}
	}
	for _, op := range txn.Ops() {
		if text := Operation(op); text.EN == "" || !han(text.ZH) || han(text.EN) {
			t.Errorf("%s: %+v", op, text)
		}
	}
	for holds, values := range meanings {
		for value, text := range values {
			if text.EN == "" || !han(text.ZH) || han(text.EN) || strings.ContainsAny(text.ZH, ",;!?") {
				t.Errorf("%s %s: %+v", holds, value, text)
			}
		}
	}
}
