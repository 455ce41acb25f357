package tui

import (
	"testing"
	"time"

	"vpos/tui/words"
)

// BenchmarkKey is a key of a swipe from press to picture: a reader types one
// every few milliseconds, and the terminal has to keep up.
func BenchmarkKey(b *testing.B) {
	for _, s := range sizes {
		b.Run(time.Duration(s.w).String()[:2], func(b *testing.B) {
			bench := newBench(&testing.T{}, words.ZH, "dark")
			bench.size(s.w, s.h)
			bench.keys("1234")
			for b.Loop() {
				bench.burst("1\b", time.Second)
				_ = bench.m.View()
			}
		})
	}
}
