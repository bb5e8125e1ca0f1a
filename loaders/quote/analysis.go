package quote

// analysis turns a reading, in bytes, into what leaves the package, in code points.
func (e *Engine) analysis(r *reading) *Analysis { return &Analysis{} }
