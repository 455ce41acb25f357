package txn

// The device check tries the link through the machine: there is one session with the
// host, and only the machine knows when it is free.

// probe has the link tried, unless something is on it whose answer will show as much.
// What the check wants to know of that answer, the link notices by itself.
func (m *machine) probe() {
	m.Probed = m.Now
	m.probing = !m.out.busy()
	m.pump()
}

// tryLink sends what shows that the host is there: an echo, or a sign-on where one is
// due anyway. Whoever has signed off stays so.
func (m *machine) tryLink() {
	m.probing = false
	if m.Signed || m.gone {
		m.manage(OpEcho)
		return
	}
	m.manage(OpSignOn)
}
