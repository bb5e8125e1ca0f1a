package page

import (
	"errors"
	"net/url"
	"strings"
)

// tracking are query keys that say how a reader came, not what is read.
var tracking = map[string]bool{
	"fbclid": true, "gclid": true, "dclid": true, "msclkid": true, "igshid": true,
	"mc_cid": true, "mc_eid": true, "cmpid": true, "ocid": true,
}

// Canonical returns the address by which an article is known: scheme and host in lower case, without
// the default port, fragment, credentials and tracking parameters (utm_…, fbclid, …). "" stays "". Anything but an
// absolute http or https address is an error: a reader will click on it.
func Canonical(address string) (string, error) {
	address = strings.TrimSpace(address)
	if address == "" {
		return "", nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", errors.New("is no address") // url's own message would repeat it, credentials and all
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return "", errors.New("is not an absolute http or https address")
	}
	if port := u.Port(); port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = withoutTracking(u.RawQuery)
	u.ForceQuery = false
	return u.String(), nil
}

// withoutTracking keeps the other parameters in their order and spelling.
func withoutTracking(query string) string {
	var keep []string
	for part := range strings.SplitSeq(query, "&") {
		key, _, _ := strings.Cut(part, "=")
		key = strings.ToLower(key)
		if part != "" && !tracking[key] && !strings.HasPrefix(key, "utm_") {
			keep = append(keep, part)
		}
	}
	return strings.Join(keep, "&")
}
