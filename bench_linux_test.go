package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// Figures of the whole terminal, each as a ratio to a reference in the same run.
// They run under `make bench`, which sets VPOS_BENCH.

func benching(t *testing.T) {
	t.Helper()
	if os.Getenv("VPOS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
}

func minimal(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "minimal")
	if out, err := exec.Command("go", "build", "-o", path, "./testdata/minimal").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	return path
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

func p95(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)*95/100]
}

// firstFrame is the time from the start of a program to its first frame, the one
// that carries the window title.
func firstFrame(t *testing.T, name string, args ...string) time.Duration {
	t.Helper()
	begun := time.Now()
	c := newConsole(t, nil, name, args...)
	c.wait("the first frame", func() bool { return c.title != "" })
	took := time.Since(begun)
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
	return took
}

// TestBenchFirstFrame: the terminal answers no query; a new folder and one that
// has been used.
func TestBenchFirstFrame(t *testing.T) {
	benching(t)
	reference, vpos := minimal(t), built(t)
	used := t.TempDir()
	var ref, fresh, again []time.Duration
	for range 25 {
		ref = append(ref, firstFrame(t, reference))
		fresh = append(fresh, firstFrame(t, vpos, "--data", t.TempDir()))
		again = append(again, firstFrame(t, vpos, "--data", used))
	}
	r := median(ref)
	fmt.Printf("first frame: vpos new folder %v, used folder %v, minimal %v: ratio %.2f, %.2f\n",
		median(fresh), median(again), r, float64(median(fresh))/float64(r), float64(median(again))/float64(r))
}

// keyToFrame is the time from a key to the last byte of the frame it changes.
func keyToFrame(t *testing.T, c *console, key string) time.Duration {
	t.Helper()
	c.mu.Lock()
	seen := c.out.Len()
	c.mu.Unlock()
	begun := time.Now()
	c.keys(key)
	c.wait("a frame for "+key, func() bool { return c.out.Len() > seen && bytes.ContainsAny(c.out.Bytes()[seen:], key) })
	return time.Since(begun)
}

// TestBenchKeyToFrame types digits into the amount and into a minimal program.
func TestBenchKeyToFrame(t *testing.T) {
	benching(t)
	ref := newConsole(t, nil, minimal(t))
	ref.state("idle")
	c := newConsole(t, nil, built(t), "--data", t.TempDir(), "--lang", "en")
	c.state("idle")
	c.keys("4")
	c.state("amount")
	c.keys("\x1b")
	c.state("idle")
	c.keys("500\r")
	c.state("present")
	c.keys("4")
	c.state("pan")
	// A hand, not a scanner; and at no fixed place between two frames, which are drawn sixty
	// times a second.
	pause := func() {
		time.Sleep(time.Duration(35+rand.IntN(17))*time.Millisecond + time.Duration(rand.IntN(1000))*time.Microsecond)
	}
	var theirs, ours []time.Duration
	for i := range 400 {
		pause()
		digit := string(rune('1' + i%9))
		theirs = append(theirs, keyToFrame(t, ref, digit))
		if i%15 == 14 {
			c.keys("\x15") // the whole field
		}
		pause()
		ours = append(ours, keyToFrame(t, c, digit))
	}
	fmt.Printf("key to frame: vpos p50 %v p95 %v, minimal p50 %v p95 %v: ratio p50 %.2f p95 %.2f\n",
		median(ours), p95(ours), median(theirs), p95(theirs),
		float64(median(ours))/float64(median(theirs)), float64(p95(ours))/float64(p95(theirs)))
}
