package tui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// Run shows the model until the person quits or ctx ends, and puts the terminal
// back as it was in either case, also after a panic. A receive from changed
// means that the machine's state may have changed by itself. The error is nil
// after quit and after the end of ctx, whose cause the caller knows.
func (m *Model) Run(ctx context.Context, changed <-chan struct{}) error {
	program := tea.NewProgram(m, tea.WithContext(ctx), tea.WithoutSignalHandler())
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
	if _, err := program.Run(); err != nil && !errors.Is(err, tea.ErrProgramKilled) {
		return fmt.Errorf("screen: %w", err)
	}
	return nil
}
