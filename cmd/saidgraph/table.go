package main

import (
	"io"
	"slices"
	"strings"
)

// narrowest is how far a column shrinks when the table is wider than the terminal.
const narrowest = 12

// table prints rows under a head, aligned and wrapped to the width of w. Cells are cleaned here and nowhere before.
func table(w io.Writer, head []string, rows [][]string) error {
	widths := make([]int, len(head))
	for i, h := range head {
		widths[i] = columns(h)
	}
	cells := make([][]string, len(rows))
	for r, row := range rows {
		cells[r] = make([]string, len(head))
		for i := range head {
			if i < len(row) {
				cells[r][i] = clean(strings.Join(strings.Fields(row[i]), " "))
			}
			widths[i] = max(widths[i], columns(cells[r][i]))
		}
	}
	fit(widths, width(w))
	var b strings.Builder
	printRow(&b, head, widths)
	rules := make([]string, len(widths))
	for i, n := range widths {
		rules[i] = strings.Repeat("─", n)
	}
	printRow(&b, rules, widths)
	for _, row := range cells {
		printRow(&b, row, widths)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// fit makes the columns and the two spaces between them fit in total: the widest, which holds the
// quotations, gets what the others leave, and each of them takes a quarter at most.
func fit(widths []int, total int) {
	room := total - 2*(len(widths)-1)
	sum := 0
	for _, n := range widths {
		sum += n
	}
	if sum <= room {
		return
	}
	widest := slices.Index(widths, slices.Max(widths))
	for i := range widths {
		if i != widest && sum > room {
			cut := min(sum-room, max(0, widths[i]-max(narrowest, total/4)))
			widths[i] -= cut
			sum -= cut
		}
	}
	widths[widest] = max(narrowest, widths[widest]-(sum-room))
}

// printRow prints the cells side by side.
func printRow(b *strings.Builder, cells []string, widths []int) {
	wrapped := make([][]string, len(cells))
	tall := 1
	for i, c := range cells {
		wrapped[i] = wrap(c, widths[i])
		tall = max(tall, len(wrapped[i]))
	}
	for n := range tall {
		var line strings.Builder
		for i := range cells {
			cell := ""
			if n < len(wrapped[i]) {
				cell = wrapped[i][n]
			}
			line.WriteString(cell)
			if i < len(cells)-1 {
				line.WriteString(strings.Repeat(" ", max(0, widths[i]-columns(cell))+2))
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}
