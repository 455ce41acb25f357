package plain

import (
	"context"
	"slices"
	"strings"
	"time"

	"vpos/tui/words"
	"vpos/txn/health"
)

// doctorTime bounds a whole check of the devices, whatever the limits of its parts.
const doctorTime = 15 * time.Second

// doctor checks the devices: a line each as the results come, what to do behind it, and
// how it came out as a whole.
func (d *dialogue) doctor() {
	if d.Doctor == nil {
		d.say("%s", words.DoctorNowhere.In(d.Lang))
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), doctorTime)
	defer cancel()
	told := make(chan health.Finding, len(health.Subjects())) // so that no probe waits for the paper
	go func() {
		defer close(told)
		d.Doctor(ctx, func(f health.Finding) { told <- f })
	}()
	var all []health.Finding
	for f := range told {
		all = append(all, f)
		parts := []string{words.FindingLine(f, d.Lang), words.ForFinding(f.Code).Next.In(d.Lang)}
		d.say("%s", strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · "))
	}
	d.found = all
	d.say("%s", words.DoctorSummary(all, d.Lang))
}
