package main

import (
	"strings"
	"syscall"
	"testing"
)

// TestOperatorsOnATerminal types the PINs where a person would: none is echoed, and however
// it is broken off, nothing is changed and the echo is back on.
func TestOperatorsOnATerminal(t *testing.T) {
	data := t.TempDir()
	add := []string{"operator", "add", "01", "--name", "Wang", "--role", "supervisor", "--data", data, "--lang", "zh"}
	for how, end := range map[string]struct {
		stop func(c *console)
		code int
	}{
		"Ctrl-C":  {func(c *console) { c.keys(firstOfWang[:4] + "\x03") }, 1},
		"SIGTERM": {func(c *console) { c.keys(firstOfWang[:4]); _ = c.cmd.Process.Signal(syscall.SIGTERM) }, 128 + 15},
	} {
		c := newConsole(t, nil, built(t), add...)
		c.shows("操作员 01 的新密码")
		if echoes(t, c) {
			t.Errorf("%s: asked with the echo on", how)
		}
		end.stop(c)
		if code := c.exit(); code != end.code || !echoes(t, c) || strings.Contains(c.output(), firstOfWang[:4]) {
			t.Errorf("%s: exit %d: %q", how, code, c.output())
		}
	}
	office{t, data}.refuses("There are no operators", "尚未设置操作员", nil, "operator", "list")
	c := newConsole(t, nil, built(t), add...)
	c.shows("操作员 01 的新密码")
	c.keys(firstOfWang + "\r")
	c.shows("请再输入一次密码")
	c.keys(firstOfWang + "\r")
	c.shows("已添加操作员 01")
	if code := c.exit(); code != 0 || strings.Contains(c.output(), firstOfWang) {
		t.Errorf("exit %d: %q", code, c.output())
	}
}
