// Package printer puts slips out. The engine prints through [Slips], which writes each as a
// text file into a folder ([File]), or through [Device], which sends it to a printer by way
// of the spool.
//
// # Exactly once
//
// What the spool does for paper the folder does by itself.
//
// A crash between the paper and the journal's PRINTED row makes the engine ask
// for the same original again. A second unmarked slip would look like a second
// sale, so the name of a file says which slip it is and an original is never
// written twice:
//
//   - no file of that name: it is written;
//   - the file holds this very slip: it is already printed, and that is success;
//   - the file holds something else (the language or the shop's name changed
//     since): this paper goes out marked 重打印 DUPLICATE under a duplicate's name,
//     once.
//
// A slip asked for as a duplicate is a new piece of paper every time. No file
// is ever changed or replaced.
package printer
