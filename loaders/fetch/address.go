package fetch

import (
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"unicode"
)

// longestAddress bounds an address, in bytes: what browsers and servers take is less.
const longestAddress = 8 << 10

// parse returns the address in the one form that is fetched: lower-case scheme and host, no default port, no fragment.
func (c *Client) parse(address string) (*url.URL, *Error) {
	address = strings.TrimSpace(address)
	refuse := func(reason, hint string) (*url.URL, *Error) {
		return nil, &Error{URL: Redact(address), Reason: reason, Hint: hint}
	}
	if len(address) > longestAddress {
		return refuse("is longer than 8 KiB", "")
	}
	u, err := url.Parse(address)
	if err != nil {
		return refuse("is no address", "")
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return refuse("is no http or https address", "")
	case u.Hostname() == "":
		return refuse("names no host", "")
	case u.User != nil:
		return refuse("holds credentials, which are neither sent nor stored", "leave out what stands before the @")
	}
	if port := u.Port(); port == "" || port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.Fragment, u.RawFragment = "", ""
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !c.AllowPrivate {
		if what := notPublic(ip); what != "" {
			return refuse((&privateError{ip, what}).Error(), privateHint)
		}
	}
	return u, nil
}

// Redact returns address without its credentials and control characters, cut to a length that can be shown.
func Redact(address string) string {
	address = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(address, "?"))
	if strings.Contains(address, "@") {
		address = withoutUser(address)
	}
	if len(address) > longestAddress {
		return strings.ToValidUTF8(address[:80], "") + "…"
	}
	return address
}

func withoutUser(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return "…" + address[strings.LastIndexByte(address, '@')+1:]
	}
	end := strings.IndexAny(rest, "/?#\\")
	if end < 0 {
		end = len(rest)
	}
	at := strings.LastIndexByte(rest[:end], '@')
	u, err := url.Parse(address)
	switch {
	case at < 0 && err == nil && u.User == nil: // the @ of a path
		return address
	case at < 0, strings.Contains(rest[end:], "@"): // perhaps a password with a slash in it, cut in the middle
		return scheme + "://…"
	}
	return scheme + "://" + rest[at+1:]
}

const privateHint = "--allow-private allows it"

// privateError refuses a connection.
type privateError struct {
	ip   netip.Addr
	what string
}

func (e *privateError) Error() string { return "is at " + e.ip.String() + ", " + e.what }

// control refuses to connect to what is not public. The dialer calls it with the address that it connects to, behind all resolution.
func control(network, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !strings.HasPrefix(network, "tcp") {
		return &privateError{what: "no address of the internet"}
	}
	if what := notPublic(to.Addr()); what != "" {
		return &privateError{to.Addr(), what}
	}
	return nil
}

// special are the networks, beside those that netip knows, that are not of the public internet: IANA's registries
// of special-purpose addresses (RFC 6890 and its updates).
var special = []struct {
	network netip.Prefix
	what    string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "an address of this network"},
	{netip.MustParsePrefix("100.64.0.0/10"), "an address inside a provider's network"},
	{netip.MustParsePrefix("192.0.0.0/24"), "a reserved address"},
	{netip.MustParsePrefix("192.0.2.0/24"), "an address for documentation"},
	{netip.MustParsePrefix("192.88.99.0/24"), "a reserved address"},
	{netip.MustParsePrefix("198.18.0.0/15"), "an address for benchmarks"},
	{netip.MustParsePrefix("198.51.100.0/24"), "an address for documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "an address for documentation"},
	{netip.MustParsePrefix("240.0.0.0/4"), "a reserved address"},
	{netip.MustParsePrefix("2001::/23"), "a reserved address"}, // Teredo, ORCHID, benchmarks
	{netip.MustParsePrefix("2001:db8::/32"), "an address for documentation"},
	{netip.MustParsePrefix("3fff::/20"), "an address for documentation"},
}

var (
	nat64  = netip.MustParsePrefix("64:ff9b::/96")
	sixTo4 = netip.MustParsePrefix("2002::/16")
	global = netip.MustParsePrefix("2000::/3") // all of IPv6 that is handed out
)

// notPublic says what an address is that is not of the public internet, "" for one that is. What an IPv6 address
// carries of IPv4 (mapped, NAT64, 6to4) is judged in its place.
func notPublic(ip netip.Addr) string {
	ip = ip.WithZone("").Unmap()
	switch {
	case ip.IsLoopback():
		return "an address of this machine"
	case ip.IsUnspecified():
		return "no address"
	case ip.IsPrivate():
		return "a private address"
	case ip.IsLinkLocalUnicast():
		return "a link-local address"
	case ip.IsMulticast():
		return "a multicast address"
	}
	if bytes := ip.As16(); nat64.Contains(ip) {
		return notPublic(netip.AddrFrom4([4]byte(bytes[12:])))
	} else if sixTo4.Contains(ip) {
		return notPublic(netip.AddrFrom4([4]byte(bytes[2:6])))
	}
	for _, s := range special {
		if s.network.Contains(ip) {
			return s.what
		}
	}
	if ip.Is6() && !global.Contains(ip) {
		return "a reserved address"
	}
	return ""
}
