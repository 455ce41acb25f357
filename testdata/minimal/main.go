// Command minimal is the smallest Bubble Tea program that draws what is typed on
// the alternate screen with a window title: the measure for vpos's own speed.
package main

import (
	"os"

	tea "charm.land/bubbletea/v2"
)

type model struct{ text string }

func (m model) Init() tea.Cmd { return nil }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		if key.String() == "q" {
			return m, tea.Quit
		}
		m.text = key.String()
	}
	return m, nil
}

func (m model) View() tea.View {
	v := tea.NewView("minimal " + m.text)
	v.AltScreen = true
	v.WindowTitle = "vpos · idle"
	return v
}

func main() {
	if _, err := tea.NewProgram(model{}).Run(); err != nil {
		os.Exit(1)
	}
}
