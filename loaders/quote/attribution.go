package quote

// attribute finds who says what.
func (e *Engine) attribute(r *reading) {
	r.inside = r.doc.Outermost()
	r.attributions = e.spans(r)
}
