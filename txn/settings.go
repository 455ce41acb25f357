package txn

// The settings: what a merchant changes at the terminal. Where there are operators a
// supervisor opens them, and each change is a row of the audit. The machine keeps no
// setting: it guards the screen and tells of what was changed.

// Settings is the state in which settings are changed.
const Settings Name = "settings"

// Configured says that a setting or a good was changed, and that the change is on the disk.
type Configured struct {
	Key   string // of the configuration: screen.theme; or goods. and a code
	Value string // as the configuration has it, or the price, empty for none; no secret is a setting
}

// Tuned says for the audit what was changed and by whom; it is answered by nothing.
type Tuned struct {
	Operator   string // who has signed in
	By         string // the supervisor who opened the settings
	Key, Value string
}

func (Configured) event() {}
func (Tuned) effect()     {}

// openSettings goes to the settings or the list of goods, by way of a supervisor where
// there are operators.
func (m *machine) openSettings(name Name) {
	if m.Staffed && m.Role != Supervisor {
		m.Toward = name
		m.askSupervisor()
		return
	}
	m.Name, m.grantor = name, m.Operator
}

// configured tells the audit. Nothing can have been changed anywhere else.
func (m *machine) configured(e Configured) {
	if (m.Name == Settings || m.Name == Stock) && m.Staffed {
		m.do(Tuned{Operator: m.Operator, By: m.grantor, Key: e.Key, Value: e.Value})
	}
}

// Supervised says that a PIN asked for is to let something pass, and not to sign in.
func (s State) Supervised() bool { return s.Draft.Kind != "" || s.Toward != "" }
