package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"vpos/txn/health"
)

// The program itself: which version it is, how it was built, and whether its file is
// still the one that was seen first. What that proves is little, and words.ProgramHonest
// says so: whoever may replace the program may replace what it is compared with.

// programDetails is how this program was built: the Go release and the system it is
// for, and where the build knows it, the commit and its day.
func programDetails() (built, commit string) {
	built = runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return built, ""
	}
	setting := func(key string) string {
		i := slices.IndexFunc(info.Settings, func(s debug.BuildSetting) bool { return s.Key == key })
		if i < 0 {
			return ""
		}
		return info.Settings[i].Value
	}
	if commit = setting("vcs.revision"); commit != "" {
		day, _, _ := strings.Cut(setting("vcs.time"), "T")
		commit = strings.TrimSpace(commit[:min(12, len(commit))] + " " + day)
	}
	return built, commit
}

// versionText is what --version says.
func versionText() string {
	built, commit := programDetails()
	text := "vpos version " + buildVersion() + "\nbuilt by " + built + "\n"
	if commit != "" {
		text += "commit " + commit + "\n"
	}
	return text
}

// released reports whether a version names one set of bytes: what is built from changed
// or unnamed source differs from build to build.
func released(version string) bool {
	return version != "" && !strings.Contains(version, "dirty") && !strings.Contains(version, "unknown") && version != "(devel)"
}

// programOf hashes a program's file and holds it against the checksum beside it and
// against what the folder has recorded of the version. A version that is not known yet
// is recorded where there are data; folder is empty where there are none.
func programOf(exe, folder, version string, now time.Time) health.Finding {
	built, _ := programDetails()
	about := func(f health.Finding) health.Finding {
		return f.Saying(health.Version, version).Saying(health.Built, built)
	}
	sum, err := hashFile(exe)
	if err != nil {
		return about(health.Finding{Code: health.ProgramUnreadable, Outcome: health.Warning})
	}
	about = func(f health.Finding) health.Finding {
		return f.Saying(health.Version, version).Saying(health.Built, built).Saying(health.SHA256, sum)
	}
	switch published, err := checksumBeside(exe); {
	case err == nil && published != sum:
		return about(health.Finding{Code: health.ProgramMismatch, Outcome: health.Fault})
	case err == nil:
		return about(health.Finding{Code: health.ProgramChecked, Outcome: health.Good})
	case !errors.Is(err, fs.ErrNotExist):
		return about(health.Finding{Code: health.ProgramMismatch, Outcome: health.Fault}) // it is there, and no checksum
	case !released(version):
		return about(health.Finding{Code: health.ProgramSource, Outcome: health.NotApplicable})
	case folder == "":
		return about(health.Finding{Code: health.ProgramUnrecorded, Outcome: health.NotApplicable})
	}
	mark := sighting{version: version, built: built, sum: sum, day: now.Format(time.DateOnly)}
	first, err := mark.firstIn(filepath.Join(folder, sightingsName))
	switch {
	case err != nil:
		return about(health.Finding{Code: health.ProgramUnrecorded, Outcome: health.NotApplicable})
	case first == mark:
		return about(health.Finding{Code: health.ProgramFirst, Outcome: health.Good})
	case first.sum != sum:
		return about(health.Finding{Code: health.ProgramChanged, Outcome: health.Fault}).Saying(health.First, first.day)
	}
	return about(health.Finding{Code: health.ProgramSame, Outcome: health.Good}).Saying(health.First, first.day)
}

// hashFile is the SHA-256 of a file in lower-case hex.
func hashFile(path string) (string, error) {
	f, err := os.Open(path) //nolint:gosec // the program's own file
	if err != nil {
		return "", fmt.Errorf("program: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("program: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// errNoChecksum is a checksum file without a checksum.
var errNoChecksum = errors.New("no SHA-256 in the checksum file")

// checksumBeside reads PROGRAM.sha256, as sha256sum writes it: the hex digits, spaces,
// a name. The error is fs.ErrNotExist where there is none.
func checksumBeside(exe string) (string, error) {
	f, err := os.Open(exe + ".sha256") //nolint:gosec // beside the program's own file
	if err != nil {
		return "", fmt.Errorf("checksum: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	text, err := io.ReadAll(io.LimitReader(f, 4096))
	if err != nil {
		return "", fmt.Errorf("checksum: %w", err)
	}
	word, _, _ := strings.Cut(strings.TrimSpace(string(text)), " ")
	if b, err := hex.DecodeString(word); err != nil || len(b) != sha256.Size {
		return "", errNoChecksum
	}
	return strings.ToLower(word), nil
}

// sightingsName is the file in a data folder that says which program was seen there
// first, a line a version.
const sightingsName = "program.seen"

// sighting is one of its lines.
type sighting struct{ version, built, sum, day string }

// firstIn is the first sighting of the version and build in a file; where there is
// none, this one is written down and is it.
func (s sighting) firstIn(path string) (sighting, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600) //nolint:gosec // the data folder's own file
	if err != nil {
		return s, fmt.Errorf("sightings: %w", err)
	}
	defer func() { _ = f.Close() }() // synced where it was written
	for lines := bufio.NewScanner(f); lines.Scan(); {
		part := strings.Split(lines.Text(), "\t")
		if len(part) == 4 && part[0] == s.version && part[1] == s.built {
			return sighting{part[0], part[1], part[2], part[3]}, nil
		}
	}
	_, err = fmt.Fprintf(f, "%s\t%s\t%s\t%s\n", s.version, s.built, s.sum, s.day)
	if err = errors.Join(err, f.Sync()); err != nil {
		return s, fmt.Errorf("sightings: %w", err)
	}
	return s, nil
}
