//go:build race

package crash

// raced: the database is ten times slower, and runs in one goroutine.
const raced = true
