package kill

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
)

// Build builds the program from this module, with an overlay unless it is empty.
// remove takes it away again.
func Build(ctx context.Context, overlay string) (path string, remove func(), err error) {
	top, err := moduleFolder()
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "vpos-build-")
	if err != nil {
		return "", nil, fmt.Errorf("build: %w", err)
	}
	path = filepath.Join(dir, "vpos")
	cmd := exec.CommandContext(ctx, "go", "build", "-overlay", overlay, "-tags", ownTags(), "-o", path, ".") //nolint:gosec // our own module
	cmd.Dir = top
	if out, err := cmd.CombinedOutput(); err != nil {
		_ = os.RemoveAll(dir)
		return "", nil, fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, func() { _ = os.RemoveAll(dir) }, nil
}

// ownTags are the build tags this program was made with: the program under proof
// is made with the same.
func ownTags() string {
	info, _ := debug.ReadBuildInfo()
	if info == nil {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "-tags" {
			return s.Value
		}
	}
	return ""
}

// moduleFolder is the folder of the module this runs in.
func moduleFolder() (string, error) {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("where is the module: %w", err)
	}
	return filepath.Dir(strings.TrimSpace(string(out))), nil
}
