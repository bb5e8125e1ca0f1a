package quote

func (e *Engine) attribute(r *reading) {}
