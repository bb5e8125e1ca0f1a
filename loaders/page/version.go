package page

// Version names what [Read] makes of a document; raise it when that changes, or what was read before is taken for unchanged.
const Version = "1"
