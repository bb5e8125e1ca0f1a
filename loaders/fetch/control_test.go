package fetch

import (
	"net/netip"
	"strings"
	"testing"
)

func TestControl(t *testing.T) {
	refused := []string{
		"127.0.0.1", "127.255.255.255", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
		"100.64.0.1", "100.127.255.255", "0.0.0.0", "0.1.2.3", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
		"224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.88.99.1",
		"::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:192.168.0.1",
		"::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001::1",
		"2001:db8::1", "3fff::1", "100::1", "4000::1",
	}
	public := []string{"1.1.1.1", "93.184.215.14", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "2606:4700::1111", "64:ff9b::1.1.1.1", "2002:101:101::1", "::ffff:1.1.1.1"}
	at := func(ip string) string { return netip.AddrPortFrom(netip.MustParseAddr(ip), 443).String() }
	for _, ip := range refused {
		if err := control("tcp4", at(ip), nil); err == nil || strings.Contains(err.Error(), "invalid IP") {
			t.Errorf("%s: got %v, want it refused for what it is", ip, err)
		}
	}
	for _, ip := range public {
		if err := control("tcp6", at(ip), nil); err != nil {
			t.Errorf("%s: got %v, want it called", ip, err)
		}
	}
	for _, c := range [][2]string{{"udp", "1.1.1.1:53"}, {"unix", "/run/docker.sock"}, {"tcp", "localhost:80"}, {"tcp", ""}} {
		if err := control(c[0], c[1], nil); err == nil {
			t.Errorf("%s %s is called, want it refused", c[0], c[1])
		}
	}
}

// FuzzRobots: reading takes linear time, whatever the pattern, and no address makes it panic.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a$\nCrawl-delay: 3", "/ba")
	f.Add("\ufeffuser-agent:saidgraph\rallow:%", "/%zz?%")
	f.Fuzz(func(t *testing.T, text, path string) {
		r := parseRobots(text, product)
		for _, line := range r.lines {
			if again := canonicalPath(line.pattern); again != line.pattern {
				t.Errorf("canonicalPath(%q) = %q, want it as it is", line.pattern, again)
			}
			matches(line.pattern, canonicalPath(path))
		}
		if r.delay < 0 {
			t.Errorf("delay %v", r.delay)
		}
	})
}

// FuzzAddress: what parse takes it takes again unchanged, and what it refuses shows no password.
func FuzzAddress(f *testing.F) {
	f.Add("HTTP://Example.ORG:80")
	f.Add("https://ann:secret@example.org/@a")
	f.Add("//a:b@c")
	f.Fuzz(func(t *testing.T, address string) {
		var c Client
		u, bad := c.parse(address)
		if bad != nil {
			return
		}
		if u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
			t.Errorf("parse(%q) = %v", address, u)
		}
		again, bad := c.parse(u.String())
		if bad != nil || again.String() != u.String() {
			t.Errorf("parse(%q) = %v, %v", u, again, bad)
		}
	})
}
