package text

import "sort"

// TokenAt returns the token that holds byte b, or the first after it; len(d.Tokens) if there is none.
func (d *Doc) TokenAt(b int) int {
	return sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > b })
}

// Outermost returns for each token the outermost quotation that holds it, its marks included; -1 for none.
func (d *Doc) Outermost() []int32 {
	out := make([]int32, len(d.Tokens))
	for i := range out {
		out[i] = -1
	}
	for q := range d.Quotations {
		if c := d.Quotations[q]; c.Depth == 0 {
			for i := c.First; i < c.Last; i++ {
				out[i] = int32(q)
			}
		}
	}
	return out
}
