package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"vpos/reader"
	"vpos/receipts"
	"vpos/receipts/raster"
	"vpos/receipts/samples"
	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

// page is a document for people who use the program.
type page struct {
	path string // below the repository, with slashes
	lang words.Lang
	text string
}

// chinese ends the name of a page in Chinese.
const chinese = ".zh-CN.md"

// guidePages are the readmes and all of docs, in both languages.
func guidePages(t *testing.T) map[string]page {
	t.Helper()
	paths, err := filepath.Glob("docs/*.md")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no guide: %v", err)
	}
	pages := map[string]page{}
	for _, path := range append(paths, "README.md", "README.zh-CN.md") {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		p := page{path: filepath.ToSlash(path), lang: words.EN, text: string(b)}
		if strings.HasSuffix(path, chinese) {
			p.lang = words.ZH
		}
		pages[p.path] = p
	}
	return pages
}

// twin is the path of the same page in the other language.
func (p page) twin() string {
	if p.lang == words.ZH {
		return strings.TrimSuffix(p.path, chinese) + ".md"
	}
	return strings.TrimSuffix(p.path, ".md") + chinese
}

// Every page has its twin, which it names on top, with as many headings and the same
// pictures and commands.
func TestGuideSpeaksBothLanguages(t *testing.T) {
	pages := guidePages(t)
	for path, p := range pages {
		other, ok := pages[p.twin()]
		if !ok {
			t.Errorf("%s has no twin %s", path, p.twin())
			continue
		}
		if want := "](" + filepath.Base(p.twin()) + ")"; !strings.Contains(strings.Join(strings.SplitN(p.text, "\n", 5)[:4], "\n"), want) {
			t.Errorf("%s does not begin with a link to %s", path, p.twin())
		}
		if p.lang == words.ZH {
			continue
		}
		if a, b := len(p.anchors()), len(other.anchors()); a != b {
			t.Errorf("%s has %d headings, its twin %d", path, a, b)
		}
		if strings.HasPrefix(path, "README") {
			continue // each shows a picture of its own
		}
		shown := func(p page) (names []string) {
			for _, m := range pictures.FindAllStringSubmatch(p.text, -1) {
				names = append(names, strings.TrimSuffix(strings.TrimSuffix(m[1], "-en.svg"), "-zh.svg"))
			}
			return names
		}
		if a, b := shown(p), shown(other); !slices.Equal(a, b) {
			t.Errorf("%s shows %v, its twin %v", path, a, b)
		}
	}
}

var (
	links    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	pictures = regexp.MustCompile(`!\[[^\]]+\]\(([^)\s]+)\)`)
	heading  = regexp.MustCompile(`(?m)^#{1,6} (.+)$`)
	fenced   = regexp.MustCompile("(?ms)^```.*?^```$")
	inline   = regexp.MustCompile("`([^`\n]+)`")
)

// anchors are the names of a page's headings as links give them: lower case, without
// punctuation, blanks as hyphens.
func (p page) anchors() []string {
	var names []string
	for _, m := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(p.text, ""), -1) {
		names = append(names, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, m[1]))
	}
	return names
}

// Every link leads to a file that is there, and to a heading that is in it. Pictures are
// in the language of their page, and none lies there that no page shows.
func TestGuideLinks(t *testing.T) {
	pages := guidePages(t)
	shown := map[string]bool{}
	for path, p := range pages {
		for _, m := range links.FindAllStringSubmatch(p.text, -1) {
			to, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(to, "://") {
				continue
			}
			target := path
			if to != "" {
				target = filepath.ToSlash(filepath.Join(filepath.Dir(path), to))
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: %s is not there", path, m[1])
				continue
			}
			if anchor != "" && !slices.Contains(pages[target].anchors(), anchor) {
				t.Errorf("%s: %s has no heading #%s: %v", path, target, anchor, pages[target].anchors())
			}
			if filepath.Dir(target) == "docs/pictures" {
				shown[target] = true
				if other := map[words.Lang]string{words.EN: "-zh.", words.ZH: "-en."}[p.lang]; strings.Contains(target, other) {
					t.Errorf("%s: %s is in the other language", path, target)
				}
			}
		}
	}
	all, err := filepath.Glob("docs/pictures/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, picture := range all {
		if picture = filepath.ToSlash(picture); !shown[picture] {
			t.Errorf("no page shows %s", picture)
		}
	}
}

// No picture shows a card number, and each is small.
func TestGuidePictures(t *testing.T) {
	all, err := filepath.Glob("docs/pictures/*.svg")
	if err != nil || len(all) == 0 {
		t.Fatalf("no pictures: %v", err)
	}
	for _, path := range all {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Join(regexp.MustCompile(`>[^<]+</text>`).FindAllString(string(b), -1), "\n")
		if masked := reader.MaskText(said); masked != said {
			t.Errorf("%s shows a card number:\n%s", path, masked)
		}
		if len(b) > 30_000 {
			t.Errorf("%s has %d bytes", path, len(b))
		}
	}
}

// paperPictures are the slips of the guide: what vpos receipts render draws of its samples.
var paperPictures = []struct {
	sample  string
	lang    receipts.Lang
	columns int
}{{"sale-chip-pin", receipts.Chinese, 32}, {"refund", receipts.English, 32}, {"settlement", receipts.Both, 48}}

// The pictures of slips are the ones that vpos draws now; -update draws them again.
func TestGuidePaper(t *testing.T) {
	for _, p := range paperPictures {
		one, ok := samples.Find(p.sample)
		if !ok {
			t.Fatalf("no sample %s", p.sample)
		}
		page, err := one.Render(samples.Options(p.lang, p.columns, false))
		if err != nil {
			t.Fatal(err)
		}
		var picture bytes.Buffer
		if err := raster.PNG(&picture, page); err != nil {
			t.Fatal(err)
		}
		path := fmt.Sprintf("docs/pictures/paper-%s.png", strings.Split(p.sample, "-")[0])
		if *update {
			if err := os.WriteFile(path, picture.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if b, err := os.ReadFile(path); err != nil || !bytes.Equal(b, picture.Bytes()) {
			t.Errorf("%s is not what vpos draws now: %v; -update draws it", path, err)
		}
	}
}

// menuKey is a letter with its place in the menu, as the pages write it; the letter may be
// missing.
var menuKey = regexp.MustCompile("(?:`([a-z])`(?: \\(|, |（|，))?(?:menu|菜单) ([0-9]{1,2})\\b")

// The menu numbers that pages name are there, and a letter beside one is that item's.
func TestGuideKeys(t *testing.T) {
	letters := map[string][]string{}
	for _, b := range keypad.Leaves() {
		letters[b.Item] = b.Keys
	}
	found := 0
	for path, p := range guidePages(t) {
		for _, m := range menuKey.FindAllStringSubmatch(p.text, -1) {
			found++
			keys, ok := letters[m[2]]
			switch {
			case !ok:
				t.Errorf("%s: there is no menu %s", path, m[2])
			case m[1] != "" && !slices.Contains(keys, m[1]):
				t.Errorf("%s: %q: menu %s is %v", path, m[0], m[2], keys)
			}
		}
	}
	if found < 60 {
		t.Errorf("only %d keys were found", found)
	}
}

// quoted is what a page quotes of a screen: within “ ” in Chinese, in italics and with a
// capital in English.
var quoted = map[words.Lang]*regexp.Regexp{
	words.EN: regexp.MustCompile(`(?:^|[^*])\*([A-Z][^*]+)\*(?:[^*]|$)`),
	words.ZH: regexp.MustCompile(`“([^”]+)”`),
}

// belief begins what people have read elsewhere, which is in italics too.
var belief = regexp.MustCompile(`^(One reads|In fact)`)

// What the pages quote is said by the program in those words.
func TestGuideQuotes(t *testing.T) {
	var said strings.Builder
	for _, pattern := range []string{"tui/words/*.go", "tui/screen/*.go", "receipts/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no words: %v", err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			said.Write(b)
		}
	}
	found := 0
	for path, p := range guidePages(t) {
		for _, m := range quoted[p.lang].FindAllStringSubmatch(fenced.ReplaceAllString(p.text, ""), -1) {
			quote := strings.Join(strings.Fields(m[1]), " ")
			if belief.MatchString(quote) {
				continue
			}
			found++
			if !strings.Contains(said.String(), strings.TrimSuffix(quote, " …")) {
				t.Errorf("%s: the program does not say %q", path, quote)
			}
		}
	}
	if found < 40 {
		t.Errorf("only %d quotes were found", found)
	}
}

// The answers name every warning in the words of its screen, and the trainee's list the
// simulator's own cards.
func TestGuideKnowsTheWarningsAndCards(t *testing.T) {
	pages := guidePages(t)
	for _, faq := range []page{pages["docs/faq.md"], pages["docs/faq"+chinese]} {
		for _, code := range txn.GuardCodes() {
			if name := words.ForCode(code).Headline.In(faq.lang); !strings.Contains(faq.text, "| "+name+" |") {
				t.Errorf("%s does not explain %q", faq.path, name)
			}
		}
	}
	b, err := os.ReadFile("txn/host/sim/cards.toml")
	if err != nil {
		t.Fatal(err)
	}
	special := regexp.MustCompile(`(?m)^number += "(\d+)"`)
	var known []string
	for _, m := range special.FindAllStringSubmatch(string(b), -1) {
		known = append(known, m[1])
	}
	known = append(known, abroadCard, "5555555555554444") // two that everybody tests with
	for _, list := range []page{pages["docs/trainee.md"], pages["docs/trainee"+chinese]} {
		listed := regexp.MustCompile(`(?m)^\| (\d{13,19}) \|`).FindAllStringSubmatch(list.text, -1)
		if len(listed) < 10 {
			t.Errorf("%s lists %d cards", list.path, len(listed))
		}
		for _, m := range listed {
			if !slices.Contains(known, m[1]) {
				t.Errorf("%s: the simulator does not know %s", list.path, m[1])
			}
		}
	}
}
