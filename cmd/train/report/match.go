package main

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// letters is the places of the letters and digits of spans, in order. Of a content the marks before it and a leading
// "that" are left out, so that punctuation at the edges decides nothing.
func (d *document) letters(spans []span, content bool) []int {
	spans = slices.SortedFunc(slices.Values(spans), func(a, b span) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	var out []int
	for k, s := range spans {
		if content && k == 0 {
			for s[0] < s[1] && !alphanumeric(d.text[s[0]]) {
				s[0]++
			}
			if rest := d.text[s[0]:min(s[0]+5, len(d.text))]; strings.ToLower(string(rest)) == "that " {
				s[0] += 5
			}
		}
		for i := s[0]; i < s[1]; i++ {
			if alphanumeric(d.text[i]) {
				out = append(out, i)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// shared counts what two ordered sets have in common.
func shared(a, b []int) int {
	n, k := 0, 0
	for _, x := range a {
		for k < len(b) && b[k] < x {
			k++
		}
		if k < len(b) && b[k] == x {
			n++
		}
	}
	return n
}

// pair is a gold quotation and the predicted one that answers it.
type pair struct {
	gold, pred int
	jaccard    float64
}

// pairUp pairs sets greedily, the best Jaccard overlap first.
func pairUp(gold, pred [][]int) []pair {
	var all []pair
	for x, a := range gold {
		for y, b := range pred {
			if n := shared(a, b); n > 0 {
				all = append(all, pair{x, y, float64(n) / float64(len(a)+len(b)-n)})
			}
		}
	}
	slices.SortFunc(all, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.jaccard, a.jaccard), cmp.Compare(a.gold, b.gold), cmp.Compare(a.pred, b.pred))
	})
	golds, preds := map[int]bool{}, map[int]bool{}
	return slices.DeleteFunc(all, func(p pair) bool {
		if golds[p.gold] || preds[p.pred] {
			return true
		}
		golds[p.gold], preds[p.pred] = true, true
		return false
	})
}
