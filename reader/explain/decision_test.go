package explain_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"vpos/reader/emv"
	"vpos/reader/explain"
)

// Every rule and phase of the kernel has words of its own in both languages.
func TestEveryDecisionHasWords(t *testing.T) {
	for _, phase := range emv.Phases() {
		for _, rule := range emv.Rules() {
			items := explain.Decisions([]emv.Decision{{Phase: phase, Rule: rule, Detail: "x"}})
			for _, i := range []explain.Item{items[0], items[0].Children[0]} {
				if i.Title.EN == "" || i.Title.ZH == "" || i.Title.EN == i.Code || i.Title.ZH == i.Title.EN {
					t.Fatalf("%s %s lacks words: %+v", phase, rule, i.Title)
				}
			}
		}
	}
	items := explain.Decisions([]emv.Decision{{Phase: emv.PhaseSelect, Rule: "new.rule"}})
	if got := items[0].Children[0].Title.EN; got != "new.rule" {
		t.Errorf("a rule without words is %q", got)
	}
}

// The lists of rules and phases are those of the source.
func TestListsAreWhole(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../emv/trace.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			for _, kind := range []string{"Rule", "Phase"} {
				if strings.HasPrefix(v.Names[0].Name, kind) {
					count[kind]++
				}
			}
		}
		return true
	})
	if len(emv.Rules()) != count["Rule"] || len(emv.Phases()) != count["Phase"] {
		t.Errorf("%d rules and %d phases listed, the source has %v", len(emv.Rules()), len(emv.Phases()), count)
	}
}

// Decisions stand below their phase, with the bits they set; what a card put into a
// detail is cleaned.
func TestDecisions(t *testing.T) {
	items := explain.Decisions([]emv.Decision{
		{Phase: emv.PhaseODA, Rule: emv.RuleNoMethod, TVR: emv.TVR{0x80}},
		{Phase: emv.PhaseRisk, Rule: emv.RuleFloor, TVR: emv.TVR{0, 0, 0, 0x80}, TSI: emv.TSI{0x08}},
		{Phase: emv.PhaseRisk, Rule: emv.RuleRandom, Detail: "a\x1b[2Jb" + strings.Repeat("c", 100)},
	})
	if len(items) != 2 || len(items[1].Children) != 2 {
		t.Fatalf("%+v", items)
	}
	bits := items[1].Children[0].Children
	if len(bits) != 2 || bits[0].Code != "TVR B4.8" || bits[1].Code != "TSI B1.4" || bits[0].Title.ZH == "" {
		t.Errorf("bits %+v", bits)
	}
	if d := items[1].Children[1].Value; strings.Contains(d, "\x1b") || len([]rune(d)) != 61 {
		t.Errorf("detail %q", d)
	}
}
