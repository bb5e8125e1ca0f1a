package quote

func (e *Engine) findMentions(r *reading) {}
