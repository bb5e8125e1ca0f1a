package quote

func (e *Engine) judge(r *reading) {}
