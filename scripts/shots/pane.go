package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The size of the pictures, in cells.
const columns, rows = 80, 24

// pane is a terminal that runs vpos.
type pane struct {
	folder, socket string
}

// patience bounds every wait for a screen.
const patience = 20 * time.Second

// open runs vpos below a folder with some lines of configuration.
func open(bin, folder, lang, rules string) (*pane, error) {
	bin, err := filepath.Abs(bin)
	if err != nil {
		return nil, fmt.Errorf("program: %w", err)
	}
	config := filepath.Join(folder, "shop.toml")
	if err := os.WriteFile(config, []byte("[screen]\ntheme = \"dark\"\n[host]\ntimeout = \"3s\"\n"+rules), 0o600); err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	p := &pane{folder: folder, socket: filepath.Join(folder, "tmux")}
	command := fmt.Sprintf("env -u TMUX TERM=xterm-256color COLORTERM=truecolor '%s' --reader deck --config '%s' --data '%s/data' --lang %s", bin, config, folder, lang)
	if _, err := p.tmux("new-session", "-d", "-x", fmt.Sprint(columns), "-y", fmt.Sprint(rows), command); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *pane) tmux(args ...string) (string, error) {
	cmd := exec.Command("tmux", append([]string{"-S", p.socket, "-f", os.DevNull}, args...)...) //nolint:gosec // tmux, with words of this program
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TERM=xterm-256color")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("tmux %s: %w: %s", args[0], err, out)
	}
	return strings.TrimSuffix(string(out), "\n"), nil
}

func (p *pane) close() error {
	_, err := p.tmux("kill-server")
	return err
}

// press sends keys: a name of tmux's, or after = some text, key by key as from a hand.
func (p *pane) press(key string) error {
	text, typed := strings.CutPrefix(key, "=")
	if !typed {
		_, err := p.tmux("send-keys", key)
		return err
	}
	for _, r := range text {
		if _, err := p.tmux("send-keys", "-l", string(r)); err != nil {
			return err
		}
		time.Sleep(30 * time.Millisecond)
	}
	return nil
}

// until waits for a state, which is the window's title.
func (p *pane) until(state string) error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		title, err := p.tmux("display-message", "-p", "#{pane_title}")
		if err != nil {
			return err
		}
		if title == "vpos · "+state {
			return nil
		}
	}
	screen, err := p.tmux("capture-pane", "-p")
	if err != nil {
		return err
	}
	return fmt.Errorf("never at %s:\n%s", state, screen)
}

// still waits until nothing has moved for a while and takes what is there. A screen that
// always moves is taken in the one of its pictures that sorts first.
func (p *pane) still() ([][]cell, error) {
	const quiet, longest = 700 * time.Millisecond, 3 * time.Second
	var last, least string
	began, since := time.Now(), time.Now()
	for time.Since(since) < quiet {
		now, err := p.tmux("capture-pane", "-e", "-p")
		if err != nil {
			return nil, err
		}
		if now != last {
			last, since = now, time.Now()
		}
		if time.Since(began) > quiet && (least == "" || now < least) {
			least = now
		}
		if time.Since(began) > longest {
			last = least
			break
		}
		time.Sleep(30 * time.Millisecond)
	}
	cells := parse(strings.Split(last, "\n"))
	for y := range cells {
		cells[y] = steady(cells[y])
	}
	return cells, nil
}

// do presses the keys of a step, each once the screen takes it, and waits for its state.
func (p *pane) do(s step) error {
	for _, key := range s.keys {
		time.Sleep(450 * time.Millisecond) // a screen that has just come up takes no key for a moment
		if err := p.press(key); err != nil {
			return err
		}
	}
	return p.until(s.at)
}
