package quote

// linkFirstPerson gives "I" and "we" in quotations to whoever the attributions say speaks there.
func (e *Engine) linkFirstPerson(r *reading) {}
