package text

// Split takes an article apart.
func Split(s string) *Doc { return &Doc{Text: s, Lower: s} }
