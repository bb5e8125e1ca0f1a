package api

import "slices"

// Surface lists the paths the router answers, by method, with {} for parameters, and the query parameters each
// takes, for the test that holds both to the contract.
func Surface() (paths map[string][]string, params map[string][]string) {
	s := &service{}
	paths, params = map[string][]string{}, map[string][]string{}
	for _, r := range s.engine().Routes() {
		paths[r.Path] = append(paths[r.Path], r.Method)
	}
	for _, methods := range paths {
		slices.Sort(methods)
	}
	for _, r := range s.routes() {
		params[r.path] = r.names()
	}
	return paths, params
}
