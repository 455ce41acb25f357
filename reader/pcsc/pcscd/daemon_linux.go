package pcscd

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"vpos/reader"
	"vpos/reader/pcsc"
)

const (
	socket  = "/run/pcscd/pcscd.comm" // fixed in the service and its clients
	pidFile = "/run/pcscd/pcscd.pid"

	driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"

	// slots is how many each virtual reader has: each is a reader of its own.
	slots = 2

	firstPort = 0x8C7B
	lastPort  = firstPort + 1000

	startLimit = 10 * time.Second
	stopLimit  = 3 * time.Second
)

// The virtual readers, as a person would name them. The service appends the
// number among readers of one name, and that of the slot.
const (
	contactName     = "Virtual Contact"
	contactlessName = "Virtual Contactless"
)

// Daemon is a running service of the test's own.
type Daemon struct {
	// Readers are the names of the slots: two of a contact reader, then two of a
	// contactless one if that was asked for.
	Readers []string

	t         testing.TB
	folder    string // with the readers' configuration
	addresses []string
	process   *process
}

// Start starts a service with a contact reader of two slots and waits until it
// has it. The test skips where that cannot be done. Everything ends with the
// test.
func Start(t testing.TB) *Daemon { return start(t, contactName) }

// StartBoth has a contactless reader of two slots as well.
func StartBoth(t testing.TB) *Daemon { return start(t, contactName, contactlessName) }

// Alone takes the turn without a service: for a test of what happens without
// one. It skips where a service runs that is not ours.
func Alone(t testing.TB) {
	t.Helper()
	lock(t)
	conn, err := net.Dial("unix", socket)
	if errors.Is(err, syscall.ECONNREFUSED) { // left by one that was killed
		clearUp()
	}
	if err == nil {
		_ = conn.Close()
		unable(t, "a smart-card service runs already: systemctl stop pcscd.socket pcscd")
	}
}

// Prepare is Start without starting: the service comes with Restart.
func Prepare(t testing.TB) *Daemon { return prepare(t, contactName) }

func start(t testing.TB, names ...string) *Daemon {
	t.Helper()
	d := prepare(t, names...)
	d.Restart()
	return d
}

func prepare(t testing.TB, names ...string) *Daemon {
	t.Helper()
	program := installed(t)
	Alone(t)
	if err := os.MkdirAll(filepath.Dir(socket), 0o755); err != nil { //nolint:gosec // as the service makes it
		unable(t, "no right to "+filepath.Dir(socket)+": run the tests as root, in a container")
	}
	d := &Daemon{t: t, folder: t.TempDir(), process: &process{program: program}}
	port := firstPort
	for i, name := range names {
		port = d.configure(i, name, port)
	}
	t.Cleanup(d.Stop)
	return d
}

// installed finds the service, or ends the test.
func installed(t testing.TB) string {
	t.Helper()
	if pcsc.Check(t.Context()).State == pcsc.Disabled {
		unable(t, "this build has no PC/SC: apt-get install libpcsclite-dev pkg-config gcc")
	}
	program, err := exec.LookPath("pcscd")
	for _, folder := range []string{"/usr/sbin", "/sbin"} { // often not on the PATH
		if err != nil {
			program, err = exec.LookPath(filepath.Join(folder, "pcscd"))
		}
	}
	if err != nil {
		unable(t, "pcscd is not installed: apt-get install pcscd vsmartcard-vpcd")
	}
	if _, err := os.Stat(driver); err != nil {
		unable(t, "pcscd has no virtual readers: apt-get install vsmartcard-vpcd")
	}
	return program
}

// configure writes the file of one reader and gives the port after its own.
func (d *Daemon) configure(number int, name string, port int) int {
	d.t.Helper()
	port = free(d.t, port)
	text := fmt.Sprintf("FRIENDLYNAME %q\nDEVICENAME /dev/null:0x%X\nLIBPATH %s\nCHANNELID 0x%X\n", name, port, d.driver(number), port)
	if err := os.WriteFile(filepath.Join(d.folder, strconv.Itoa(number)), []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	for slot := range slots {
		d.Readers = append(d.Readers, fmt.Sprintf("%s 00 %02X", name, slot))
		d.addresses = append(d.addresses, net.JoinHostPort("127.0.0.1", strconv.Itoa(port+slot)))
	}
	return port + slots
}

// driver gives the file of a reader's driver. The driver keeps its slots in
// global variables, so each reader after the first has a copy for itself.
func (d *Daemon) driver(number int) string {
	d.t.Helper()
	if number == 0 {
		return driver
	}
	program, err := os.ReadFile(driver)
	if err != nil {
		d.t.Fatal(err)
	}
	path := filepath.Join(d.t.TempDir(), filepath.Base(driver))
	if err := os.WriteFile(path, program, 0o600); err != nil { //nolint:gosec // the test's own folder
		d.t.Fatal(err)
	}
	return path
}

// free finds ports in a row for the slots of one reader.
func free(t testing.TB, from int) int {
	t.Helper()
	for port := from; port < lastPort; port += slots {
		ok := true
		for slot := range slots {
			l, err := net.Listen("tcp", ":"+strconv.Itoa(port+slot))
			if err != nil {
				ok = false
				break
			}
			_ = l.Close()
		}
		if ok {
			return port
		}
	}
	t.Fatal("pcscd: no free ports")
	return 0
}

// Address is where a card is inserted: the slot of Readers at the same index.
func (d *Daemon) Address(slot int) string { return d.addresses[slot] }

// Restart starts the service again, after [Daemon.Stop] or instead of the one
// that runs, and waits until it has all its readers.
func (d *Daemon) Restart() {
	d.t.Helper()
	d.Stop()
	if err := d.process.start("-f", "-c", d.folder); err != nil {
		d.t.Fatalf("pcscd: %v", err)
	}
	ctx, cancel := context.WithTimeout(d.t.Context(), startLimit)
	defer cancel()
	all := false
	var last reader.Readers
	pcsc.New().Watch(ctx, func(now reader.Readers) {
		last = now
		if all = len(now.List) == len(d.Readers); all {
			cancel()
		}
	})
	if !all {
		d.Stop()
		d.t.Fatalf("pcscd: after %v: %s with %d readers, want %d: %v\n%s", startLimit, last.State, len(last.List), len(d.Readers), last.Err, d.process.said())
	}
	for i, r := range last.List {
		if r.Name != d.Readers[i] {
			d.t.Fatalf("pcscd: reader %d is %q, want %q", i, r.Name, d.Readers[i])
		}
	}
}

// Stop ends the service, the hard way if it does not want to.
func (d *Daemon) Stop() { d.process.stop() }

// Pause and Resume stop the service in its tracks and let it go on: a service
// that hangs.
func (d *Daemon) Pause()  { d.process.signal(syscall.SIGSTOP) }
func (d *Daemon) Resume() { d.process.signal(syscall.SIGCONT) }

// process is one run of the program.
type process struct {
	program string
	cmd     *exec.Cmd
	output  strings.Builder
	ended   chan struct{}
}

// start runs the program from a thread of its own, which lives as long as it
// does: the kernel kills it when the thread that started it ends, so also with
// the test.
func (p *process) start(arguments ...string) error {
	p.output.Reset()
	p.ended = make(chan struct{})
	p.cmd = exec.Command(p.program, arguments...) //nolint:gosec // pcscd
	p.cmd.Stdout, p.cmd.Stderr = &p.output, &p.output
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	started, cmd, ended := make(chan error), p.cmd, p.ended
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // it ends by a signal
		}
		close(ended)
	}()
	if err := <-started; err != nil {
		p.cmd = nil
		return err
	}
	return nil
}

func (p *process) signal(s syscall.Signal) {
	if p.cmd != nil {
		_ = p.cmd.Process.Signal(s) // gone is gone
	}
}

// stop ends the program and clears up what a killed one leaves.
func (p *process) stop() {
	if p.cmd == nil {
		return
	}
	p.signal(syscall.SIGCONT)
	p.signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(stopLimit):
		p.signal(syscall.SIGKILL)
		<-p.ended
	}
	p.cmd = nil
	clearUp()
}

// clearUp removes what a service that was killed leaves; the next would take it
// for one that runs.
func clearUp() {
	_ = os.Remove(socket)
	_ = os.Remove(pidFile)
}

// said is what the program wrote; good once it has ended.
func (p *process) said() string { return p.output.String() }
