package quote

func (e *Engine) resolve(r *reading) {}
