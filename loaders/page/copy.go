package page

// Copy stands in.
func Copy(string) string { return "" }
