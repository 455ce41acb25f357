package kill

import (
	"os/exec"
	"syscall"
)

// dieWithUs has the kernel end a child when this program is killed itself.
func dieWithUs(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
