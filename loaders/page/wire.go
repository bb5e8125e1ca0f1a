package page

// wire stands in until the agencies are known.
func wire(_, _ string) string { return "" }
