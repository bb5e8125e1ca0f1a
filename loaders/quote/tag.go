package quote

func (e *Engine) tag(r *reading) {}
