package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
)

// Run shows the model until the person quits or ctx ends, and puts the terminal
// back as it was in either case, also after a panic. A receive from changed
// means that the machine's state may have changed by itself. The error is nil
// after quit and after the end of ctx, whose cause the caller knows, and
// [ErrPanic] after a panic. More options are for tests.
func (m *Model) Run(ctx context.Context, changed <-chan struct{}, more ...tea.ProgramOption) error {
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithoutSignalHandler()}
	if runtime.GOOS != "windows" && term.IsTerminal(os.Stdin.Fd()) { // whose console gives no bytes
		m.input = &input{File: os.Stdin}
		options = append(options, tea.WithInput(m.input))
	}
	options = append(options, more...)
	program := tea.NewProgram(m, options...)
	done := make(chan struct{})
	defer close(done)
	go func() {
		for {
			select {
			case <-changed:
				program.Send(Changed{})
			case <-done:
				return
			}
		}
	}()
	_, err := program.Run()
	switch {
	case errors.Is(err, tea.ErrProgramPanic):
		return ErrPanic
	case err == nil, errors.Is(err, tea.ErrProgramKilled):
		return nil
	}
	return fmt.Errorf("screen: %w", err)
}

// ErrPanic is what Run gives after a panic of the screens: the terminal was put
// back, and the panic and its stack were printed.
var ErrPanic = errors.New("the screen met an impossible state")
