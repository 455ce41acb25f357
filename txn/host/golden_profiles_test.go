package host_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vpos/txn/host"
)

// Every operation of every profile, sealed and signed with keys that never
// change: each field on a line of its own, and behind the mark what it is.
func TestGoldenProfiles(t *testing.T) {
	for _, name := range host.Shipped() {
		c := profileCodec(t, name)
		terminal, acquirer := pair(t, c.Profile().Keys)
		made := 0
		for _, x := range everything(t) {
			request, err := c.PackRequest(x.r, terminal)
			if errors.Is(err, host.ErrOperation) && !hasOp(c, x.r.Op) {
				continue
			}
			if err != nil {
				t.Fatalf("%s %s: %v", name, x.name, err)
			}
			reply, err := c.PackReply(x.r, x.rep, acquirer)
			if err != nil {
				t.Fatalf("%s %s: %v", name, x.name, err)
			}
			annotated(t, c, filepath.Join(name, x.name), request, reply)
			made++
		}
		if want := map[string]int{"iso87-ascii": 45, "unionpay": 44, "iso93": 45}[name]; made != want {
			t.Errorf("%s: %d operations, want %d", name, made, want)
		}
	}
}

// annotated holds messages against testdata/golden/NAME.txt.
func annotated(t *testing.T, c *host.Codec, name string, messages ...[]byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".txt")
	if *update {
		var b strings.Builder
		for i, raw := range messages {
			fmt.Fprintf(&b, "# %s\n", []string{"request", "reply"}[i])
			b.WriteString(annotation(t, c, raw))
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range readAnnotated(t, path) {
		if !bytes.Equal(messages[i], want) {
			t.Errorf("%s, message %d:\ngot  %x\nwant %x", name, i, messages[i], want)
		}
	}
}

// annotation is a message field by field; parts follow as comments.
func annotation(t *testing.T, c *host.Codec, raw []byte) string {
	t.Helper()
	pieces, err := c.Describe(raw)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	at := 0
	for _, p := range pieces {
		text := fmt.Sprintf("# %-8s %s", p.Path, p.Name)
		if p.Value != "" {
			text += ": " + p.Value
		}
		if p.Offset == at {
			fmt.Fprintf(&b, "%x %s\n", raw[at:at+p.Length], text)
			at += p.Length
			continue
		}
		fmt.Fprintf(&b, "    %s\n", text)
	}
	if at != len(raw) {
		t.Fatalf("%d of %d bytes described", at, len(raw))
	}
	return b.String()
}

// readAnnotated reads the messages of a golden file.
func readAnnotated(t testing.TB, path string) [][]byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]byte
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "# ") {
			out = append(out, nil)
		}
		digits, _, _ := strings.Cut(line, "#")
		b, err := hex.DecodeString(strings.TrimSpace(digits))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out[len(out)-1] = append(out[len(out)-1], b...)
	}
	if len(out) != 2 {
		t.Fatalf("%s: %d messages", path, len(out))
	}
	return out
}
