package txn

// TakeSTAN is the trace number the next sale would get.
func TakeSTAN(s State) STAN {
	m := machine{State: &s}
	return m.takeSTAN()
}
