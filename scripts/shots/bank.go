package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// bank is the host simulator as a program of its own.
type bank struct {
	cmd     *exec.Cmd
	address string
}

// silence takes what it is sent and answers none of it.
const silence = `[[step]]
on = "sale"
do = "silent"
always = true
[[step]]
on = "reversal"
do = "silent"
always = true
`

// deafBank runs such a bank, on a port that is free.
func deafBank(bin, folder string) (*bank, error) {
	script := filepath.Join(folder, "silence.toml")
	if err := os.WriteFile(script, []byte(silence), 0o600); err != nil {
		return nil, fmt.Errorf("script: %w", err)
	}
	b := &bank{cmd: exec.Command(bin, "host", "--lang", "en", "--listen", "127.0.0.1:0", "--data", filepath.Join(folder, "bank"), "--script", script)} //nolint:gosec // the program that was built
	out, err := b.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("bank: %w", err)
	}
	if err := b.cmd.Start(); err != nil {
		return nil, fmt.Errorf("bank: %w", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	_, address, ok := strings.Cut(strings.TrimSpace(line), "listening on ")
	if err != nil || !ok {
		b.close()
		return nil, fmt.Errorf("the bank does not listen: %q", line)
	}
	b.address = address
	return b, nil
}

// close ends the bank; how it ends is nothing to anybody.
func (b *bank) close() {
	_ = b.cmd.Process.Kill()
	_ = b.cmd.Wait()
}
