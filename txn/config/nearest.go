package config

import "strings"

// nearest is the known key a misspelt one was probably meant to be: the same
// word in another table, or a few slips of the finger away. Empty when none is
// near.
func nearest(key string) string {
	const longest = 64 // nobody's slip of the finger
	if len(key) > longest {
		return ""
	}
	key = strings.ToLower(strings.ReplaceAll(key, "-", "_"))
	_, leaf := tableOf(key)
	best, closest := "", 3
	for _, known := range append(Keys(), tables()...) {
		_, knownLeaf := tableOf(known)
		d := distance(key, known)
		if knownLeaf == leaf {
			d = min(d, 2) // the right word in the wrong place
		}
		if d < closest && d < len(leaf) {
			best, closest = known, d
		}
	}
	return best
}

// distance is the number of letters to add, drop or change (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, corner+1, row[j]+1)
		}
	}
	return row[len(b)]
}
