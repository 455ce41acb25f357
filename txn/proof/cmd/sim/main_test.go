package main

import (
	"regexp"
	"strings"
	"testing"
)

// The last line is a gate's, to the letter.
func TestLastLine(t *testing.T) {
	for _, args := range [][]string{{"-seeds", "20"}, {"-seed", "7"}, {"-seconds", "0.2"}, {"-seeds", "5", "-v", "-one"}} {
		var out, errs strings.Builder
		if code := run(args, &out, &errs); code != 0 || errs.Len() > 0 {
			t.Errorf("%v: exit %d, %s%s", args, code, &out, &errs)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		last := lines[len(lines)-1]
		if !regexp.MustCompile(`^sim: cuts=\d+ sales=[1-9]\d* violations=0 seconds=\d+\.\d$`).MatchString(last) {
			t.Errorf("%v: %q", args, last)
		}
	}
}

func TestTrace(t *testing.T) {
	var out, errs strings.Builder
	if code := run([]string{"-seed", "3", "-v"}, &out, &errs); code != 0 {
		t.Fatalf("exit %d: %s", code, &errs)
	}
	for _, word := range []string{"append INTENT", "send sale", "== healed", "= approved"} {
		if !strings.Contains(out.String(), word) {
			t.Errorf("the trace has no %q", word)
		}
	}
	if code := run([]string{"-nonsense"}, &out, &errs); code != 2 {
		t.Errorf("exit %d", code)
	}
}
