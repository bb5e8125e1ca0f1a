package quote

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// nameList is what the features of a name say for a person and for an organization. Its first line is nameHeader and how many lines
// follow, in ascending order: a feature, which is a template's letter and a word, and its two weights in hundredths.
//
//go:embed model/name.txt
var nameList string

// nameHeader is the file's kind and version.
const nameHeader = "names 1"

// nameWeights are the two weights of each feature, by its hash.
type nameWeights map[uint64][2]float32

func readNameWeights(file string) (nameWeights, error) {
	head, rest, _ := strings.Cut(file, "\n")
	count, ok := strings.CutPrefix(head, nameHeader+" ")
	n, err := strconv.Atoi(count)
	if !ok || err != nil || n < 0 || n > len(rest) {
		return nil, fmt.Errorf("model/name.txt: begins with %q: %q and a number of features are wanted; make model writes it", head, nameHeader)
	}
	w := make(nameWeights, n)
	for line := range strings.Lines(rest) {
		f := strings.Fields(line)
		if len(f) != 3 {
			return nil, fmt.Errorf("model/name.txt: %q: a feature and two weights are wanted", line)
		}
		p, err1 := strconv.Atoi(f[1])
		o, err2 := strconv.Atoi(f[2])
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("model/name.txt: %q: weights are whole numbers", line)
		}
		w[feature(f[0][0], f[0][1:])] = [2]float32{float32(p) / 100, float32(o) / 100}
	}
	if len(w) != n {
		return nil, fmt.Errorf("model/name.txt: %d features, want the %d of its first line", len(w), n)
	}
	return w, nil
}
