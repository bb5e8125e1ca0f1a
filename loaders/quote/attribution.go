package quote

func (e *Engine) attribute(r *reading) {
	r.inside = r.doc.Outermost()
}
