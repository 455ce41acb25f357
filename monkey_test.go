package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/config"
	"vpos/txn/goods"
)

// Monkeys at the built terminal, in a real terminal emulator: random keys at random times,
// virtual cards, swipes, windows of all sizes, a kill now and then. What a monkey presses is
// written down with its time, and so is every title that the terminal shows. The host keeps
// its own log of what it was asked. None of the three knows of the others: the oracle in
// monkey_oracle_test.go holds them against each other. No request for money without its
// confirmation on the screen and the keys that give it.

const (
	monkeyKeys  = 10_000 // all monkeys together; VPOS_MONKEY_KEYS says otherwise
	monkeyCount = 8
)

// TestMonkeys lets them play. VPOS_MONKEY_SEED plays a game again, as far as time allows.
func TestMonkeys(t *testing.T) {
	keys, seed := monkeyKeys, uint64(time.Now().UnixNano())
	if n, err := strconv.Atoi(os.Getenv("VPOS_MONKEY_KEYS")); err == nil {
		keys = n
	}
	if n, err := strconv.ParseUint(os.Getenv("VPOS_MONKEY_SEED"), 10, 64); err == nil {
		seed = n
	}
	t.Logf("VPOS_MONKEY_SEED=%d VPOS_MONKEY_KEYS=%d", seed, keys)
	all := map[string]int{}
	for round := range monkeyRounds {
		game(t, keys, seed+uint64(round), all)
		t.Logf("%v", all)
		missed := unmet(all)
		if keys < monkeyKeys || len(missed) == 0 || t.Failed() {
			return
		}
		if round == monkeyRounds-1 {
			t.Errorf("the monkeys never came as far as %q: they prove nothing of it", missed)
		}
	}
}

// monkeyRounds is how often they may play until they have come to everything.
const monkeyRounds = 4

// unmet is what no monkey has come to.
func unmet(all map[string]int) (missed []string) {
	retyped := 0
	for op := range retypedOps {
		retyped += all[op]
	}
	for _, what := range []string{"sale", "Enter alone", "card"} {
		if all[what] == 0 {
			missed = append(missed, what)
		}
	}
	if retyped == 0 {
		missed = append(missed, "retyped")
	}
	return missed
}

// game is all monkeys at once; all counts what they come to.
func game(t *testing.T, keys int, seed uint64, all map[string]int) {
	t.Helper()
	var mu sync.Mutex
	t.Run("game", func(t *testing.T) {
		for i := range monkeyCount {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				m := newMonkey(t, seed, i)
				late := time.Now().Add(time.Duration(1+keys/monkeyKeys) * time.Minute / 2) // on a computer that is slow
				for m.pressed < keys/monkeyCount && time.Now().Before(late) {
					m.turn()
				}
				m.rest()
				m.judge()
				mu.Lock()
				defer mu.Unlock()
				all["keys"] += m.pressed
				for what, n := range m.count {
					all[what] += n
				}
			})
		}
	})
}

// monkey is one of them, at a terminal of its own.
type monkey struct {
	*testing.T
	dice    *rand.Rand
	lang    string
	data    string
	config  string
	pane    *pane
	pressed int
	mood    int // for so many turns it does what a person would
	count   map[string]int

	mu     sync.Mutex
	titles []mark // what was shown, oldest first
	keys   []mark // what was pressed
	slow   []time.Time
	tail   string
}

// mark is a word with its time.
type mark struct {
	at   time.Time
	word string
}

func newMonkey(t *testing.T, seed uint64, i int) *monkey {
	t.Helper()
	m := &monkey{
		T: t, dice: rand.New(rand.NewPCG(seed, uint64(i))), lang: []string{"en", "zh"}[i%2], data: t.TempDir(),
		config: filepath.Join(t.TempDir(), "shop.toml"), count: map[string]int{},
	}
	text := "[host]\ntimeout = \"900ms\"\nreversal_pause = \"200ms\"\nreversal_max = \"600ms\"\n"
	if err := os.WriteFile(m.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := goods.Store(m.data, txn.Goods{{Code: "1", EN: "Tea", Price: 450}, {Code: "2", EN: "Coffee", Price: 2200}}, config.Default().Terminal.Currency); err != nil {
		t.Fatal(err)
	}
	m.start()
	return m
}

// start starts the terminal, at a size of its own.
func (m *monkey) start() {
	m.Helper()
	sizes := [][2]int{{80, 24}, {40, 20}, {120, 40}}
	size := sizes[m.dice.IntN(len(sizes))]
	m.note(&m.titles, "start")
	m.pane = newPane(m.T, size[0], size[1], "", m.data, "--config", m.config, "--lang", m.lang, "--reader", "deck")
	m.mu.Lock()
	m.tail = ""
	m.mu.Unlock()
	m.pane.tell(m.hear)
	m.note(&m.titles, m.at())
}

func (m *monkey) note(list *[]mark, word string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	*list = append(*list, mark{time.Now(), word})
}

// titleText is a window title on its way through tmux's control mode, which writes bytes
// that are no printable ASCII in octal.
var titleText = regexp.MustCompile(`\\033\]2;vpos(?: (?:·|\\302\\267) ([a-z]+))?\\007`)

// hear takes what the terminal writes.
func (m *monkey) hear(line string) {
	_, text, ok := strings.Cut(strings.TrimPrefix(line, "%output "), " ")
	if !strings.HasPrefix(line, "%output ") || !ok {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tail += text
	end := 0
	for _, found := range titleText.FindAllStringSubmatchIndex(m.tail, -1) {
		word := "hidden"
		if found[2] >= 0 {
			word = m.tail[found[2]:found[3]]
		}
		m.titles = append(m.titles, mark{time.Now(), word})
		end = found[1]
	}
	m.tail = m.tail[end:]
	if n := len(m.tail); n > 200 {
		m.tail = m.tail[n-200:]
	}
}

// at is the title shown last, the terminal's own word for where it is.
func (m *monkey) at() string {
	r, there := m.pane.ask("display-message", "-p", "#{pane_title}")
	if !there || !r.ok {
		return ""
	}
	return strings.TrimPrefix(strings.TrimPrefix(r.text, "vpos"), " · ")
}

// press sends keys all at once and writes them down. It reports whether the terminal is
// still there.
func (m *monkey) press(keys ...string) bool {
	for _, k := range keys {
		m.note(&m.keys, k)
	}
	m.pressed += len(keys)
	before := time.Now()
	r, there := m.pane.ask(append([]string{"send-keys"}, keys...)...)
	if there && strings.Contains(r.text, "no current target") {
		return false // it has just ended
	}
	if there && (r.text != "" || !r.ok) {
		m.Fatalf("send-keys %q: %q", keys, r.text)
	}
	if time.Since(before) > 100*time.Millisecond {
		m.mu.Lock()
		m.slow = append(m.slow, before)
		m.mu.Unlock()
	}
	return there
}

// types sends a text key by key, as keys of their own.
func (m *monkey) types(text string) bool {
	if strings.HasPrefix(text, ";") { // a swipe: one thing, at a device's pace
		m.note(&m.keys, "swipe")
		m.pressed++
		_, there := m.pane.ask("send-keys", "-l", text)
		return there && m.press("Enter")
	}
	if len(text) >= scanned { // else it would be a scanner's
		for _, r := range text {
			if !m.press(string(r)) {
				return false
			}
			time.Sleep(hand)
		}
		return true
	}
	return text == "" || m.press(strings.Split(text, "")...)
}

// anyKey are the keys that are pressed for nothing; those that end something are rare.
var anyKey = strings.Fields(`0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 . + - * = Enter Enter Enter Enter Enter Escape BSpace
	Delete Up Down Left Right PageUp PageDown F1 F2 F9 Tab Home End Space a b c e f g h i j k l m n o p r s t u v w x y z ?
	C-c C-u C-j C-d KPEnter é 中 % ; \`)

// turn is the next thing a monkey does.
func (m *monkey) turn() {
	m.Helper()
	there := true
	switch n := m.dice.IntN(1000); {
	case n < 2:
		m.kill()
		return
	case n < 3:
		there = m.press("q")
	case n < 10:
		_, there = m.pane.ask("resize-window", "-x", fmt.Sprint(30+m.dice.IntN(100)), "-y", fmt.Sprint(10+m.dice.IntN(35)))
	case m.mood > 0:
		m.mood--
		there = m.sensible()
	case n < 260: // one remembers what one is here for
		m.mood = 4 + m.dice.IntN(24)
	default:
		for range 1 + m.dice.IntN(4) {
			there = there && m.press(anyKey[m.dice.IntN(len(anyKey))])
		}
	}
	if !there || m.over() {
		m.note(&m.keys, "restart")
		m.start()
		return
	}
	switch m.dice.IntN(10) {
	case 0: // quiet hands
		time.Sleep(time.Duration(320+m.dice.IntN(200)) * time.Millisecond)
	case 1, 2, 3:
		time.Sleep(time.Duration(m.dice.IntN(60)) * time.Millisecond)
	}
}

// over reports whether the program has ended.
func (m *monkey) over() bool {
	select {
	case <-m.pane.ended:
		return true
	default:
		return false
	}
}

// kill ends the program in the middle of whatever it does.
func (m *monkey) kill() {
	r, there := m.pane.ask("display-message", "-p", "#{pane_pid}")
	if pid, err := strconv.Atoi(strings.TrimSpace(r.text)); there && err == nil && pid > 1 {
		if p, err := os.FindProcess(pid); err == nil {
			_ = p.Kill()
		}
	}
	m.pane.gone()
	m.count["kill"]++
	m.note(&m.keys, "restart")
	m.start()
}

// figureText is the digits that a confirmation asks for.
var figureText = regexp.MustCompile(`(?:type the|total,|again,|amount,|number,|金额|净额|批次号)\s+(\d+)(?:,|，)`)

// sensible is something a person might do where the terminal is, so that a monkey comes
// somewhere.
func (m *monkey) sensible() bool {
	pick := func(texts ...string) string { return texts[m.dice.IntN(len(texts))] }
	switch m.at() {
	case "idle":
		return m.types(pick("1234", "500", "500", "88", "v", "v", "v", "r", "a1200", "s", "m43", "f", "k77", "o600", "t", "w45", "y31", "b", "1051", "u", "u"))
	case "amount":
		return m.press("Enter")
	case "goods":
		return m.types(pick("1", "2", "3*2", "te", "")) && m.press("Enter")
	case "present":
		if m.dice.IntN(2) == 0 {
			m.count["card"]++
			if !m.press("c") {
				return false
			}
			time.Sleep(400 * time.Millisecond)
			return m.press(pick("1", "2", "3", "4", "5", "Enter"))
		}
		if m.dice.IntN(3) == 0 {
			return m.press("Enter")
		}
		return m.types(pick(stripe, otherStripe))
	case "pan":
		return m.types(abroadCard) && m.press("Enter")
	case "expiry":
		return m.types("1230") && m.press("Enter")
	case "cvv":
		return m.types("123") && m.press("Enter")
	case "pin":
		time.Sleep(400 * time.Millisecond)
		return m.types("1234") && m.press("Enter")
	case "trace":
		return m.types(fmt.Sprint(1+m.dice.IntN(m.count["approved"]+2))) && m.press("Enter")
	case "authcode":
		return m.types("83100A") && m.press("Enter")
	case "date":
		return m.types(time.Now().Format("0102")) && m.press("Enter")
	case "reference":
		return m.types("326140300001") && m.press("Enter")
	case "paycode":
		return m.types("134567890123456789") && m.press("Enter")
	case "tip":
		return m.types("5") && m.press("Enter")
	case "confirm", "settle":
		r, there := m.pane.ask("capture-pane", "-p", "-J")
		if found := figureText.FindStringSubmatch(r.text); found != nil && m.dice.IntN(2) == 0 {
			m.press("C-u")
			time.Sleep(50 * time.Millisecond)
			return m.types(found[1]) && m.press("Enter")
		} else if found != nil {
			m.count["Enter alone"]++
		}
		time.Sleep(400 * time.Millisecond)
		return there && m.press("Enter")
	case "approved", "declined", "unknown", "print":
		m.count["approved"]++
		time.Sleep(400 * time.Millisecond)
		return m.press(pick("Enter", "Escape"))
	case "":
		return m.press("F9")
	default:
		return m.press("Escape")
	}
}

// rest ends the game: the terminal is killed, started once more, and left when it has
// nothing more to reverse or to tell.
func (m *monkey) rest() {
	m.Helper()
	m.kill()
	screen := ""
	for i := range 60 { // until the bank has heard of everything
		time.Sleep(400 * time.Millisecond)
		if screen = m.pane.screen(); !strings.Contains(screen, m.begins(words.PendingReversals)) && !strings.Contains(screen, m.begins(words.AdvicesWaiting)) {
			break
		}
		if i == 59 {
			m.Errorf("the bank never hears of everything:\n%s", screen)
		}
	}
	m.press("q")
	m.pane.gone()
}

// begins is what a label with a number in it begins with.
func (m *monkey) begins(l words.Label) string {
	lang, _ := words.ParseLang(m.lang)
	text, _, _ := strings.Cut(l.In(lang), "%")
	return strings.TrimSpace(text)
}
