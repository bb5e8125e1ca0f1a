package queries

import (
	"time"

	"saidgraph/graph"
)

// Answer is what [Ask] found. Of Rows, Companions, Paths and Profile the one that the form asks for is set.
// The API returns it as it is, so its JSON names are stable.
type Answer struct {
	Question   string   `json:"question"` // canonical words
	Form       Form     `json:"form"`
	Names      []Name   `json:"names,omitempty"`      // how each name of the question was understood
	Unknown    []string `json:"unknown,omitempty"`    // the names no actor bears; if there are any, nothing else was asked, see Suggestions
	Hint       string   `json:"hint,omitempty"`       // why the answer is empty, or what else to ask
	Unfiltered int      `json:"unfiltered,omitempty"` // of an answer without rows: how many there are without its filters

	Rows       []Row       `json:"rows,omitempty"`
	Companions []Companion `json:"companions,omitempty"` // who is quoted with X
	Paths      []Path      `json:"paths,omitempty"`      // how are X and Y connected
	Profile    *Profile    `json:"profile,omitempty"`    // who is X
	Next       string      `json:"next,omitempty"`       // the after: of the next page; empty: this is the last
}

// Name is one name of a question and the actor it was taken for.
type Name struct {
	Asked       string      `json:"asked"`
	Actor       *Actor      `json:"actor,omitempty"`       // absent: unknown
	Match       Match       `json:"match,omitempty"`       // how Actor was found
	Ambiguous   []Candidate `json:"ambiguous,omitempty"`   // others the name may mean, most articles first
	Suggestions []Candidate `json:"suggestions,omitempty"` // of an unknown name: near names
}

// Match tells how a name was resolved.
type Match string

const (
	ByID   Match = "id"   // it is an actor's id
	ByName Match = "name" // an actor bears it as name or alias
	ByWord Match = "word" // its words are among those of an actor's name
)

// Candidate is an actor a name may mean.
type Candidate struct {
	Actor
	Articles int `json:"articles"` // that know it
}

// Actor is a person or organization by id and name. The others of its names are in its profile.
type Actor struct {
	ID    graph.ID    `json:"id"`
	Label graph.Label `json:"label"`
	Name  string      `json:"name"`
}

// Row is one proved relation, laid flat for a table or a front end.
type Row struct {
	Edge     graph.ID   `json:"edge"`             // the edge that proves it
	Type     graph.Type `json:"type"`             // SAID, CRITICIZED, PRAISED, AFFILIATED, DECLINED; REPORTED: said by an unnamed source
	Speakers []Actor    `json:"speakers"`         // who said, criticized, praised, declined, belongs; several: a joint statement; none: see By
	By       string     `json:"by,omitempty"`     // the unnamed source in its own words
	Target   *Actor     `json:"target,omitempty"` // whom: of CRITICIZED, PRAISED, AFFILIATED
	About    []Actor    `json:"about,omitempty"`  // of a claim: whom it is about
	Kind     string     `json:"kind,omitempty"`   // of a claim: direct, indirect, mixed
	Voice    string     `json:"voice,omitempty"`  // of CRITICIZED and PRAISED: reporter or speaker
	Role     string     `json:"role,omitempty"`   // of AFFILIATED
	Claim    *graph.ID  `json:"claim,omitempty"`  // the claim, or the one whose words the stance is
	Proof    Proof      `json:"proof"`            //
	Article  Article    `json:"article"`          //
	Cursor   string     `json:"cursor,omitempty"` // goes on behind this row as after:
}

// Proof is the words of the article that show the relation. Spans are half-open ranges of code points of its text.
type Proof struct {
	Quote         string       `json:"quote,omitempty"`
	Spans         []graph.Span `json:"spans,omitempty"`
	Cue           string       `json:"cue,omitempty"` // "said", "blasted"
	CueSpans      []graph.Span `json:"cue_spans,omitempty"`
	Surface       string       `json:"surface,omitempty"` // the words that stand for the first speaker
	SurfaceSpan   *graph.Span  `json:"surface_span,omitempty"`
	TargetSurface string       `json:"target_surface,omitempty"` // the words that stand for Target
	TargetSpan    *graph.Span  `json:"target_span,omitempty"`
	Score         float64      `json:"score"` // 0..1
	Engine        string       `json:"engine,omitempty"`
}

// Article is where a row was read.
type Article struct {
	ID     graph.ID  `json:"id"`
	URL    string    `json:"url,omitempty"`
	Title  string    `json:"title,omitempty"`
	Outlet string    `json:"outlet,omitempty"`
	Date   time.Time `json:"date,omitzero"`
	Wire   string    `json:"wire,omitempty"` // the news agency that wrote it
}

// Page is a piece of a list of rows, newest first.
type Page struct {
	Rows []Row  `json:"rows"`
	Next string `json:"next,omitempty"`
}

// Companion is someone quoted in the same articles as the one asked for.
type Companion struct {
	Actor    Actor `json:"actor"`
	Joint    int   `json:"joint"`    // statements the two made together
	Articles int   `json:"articles"` // that quote both
	Claims   int   `json:"claims"`   // statements of the companion in them
	Newest   Row   `json:"newest"`   // a joint statement where there is one
}

// Path is a chain of actors; Steps[i] joins Actors[i] and Actors[i+1].
type Path struct {
	Actors []Actor `json:"actors"`
	Steps  []Step  `json:"steps"`
}

// Step is one relation of a path, in its own direction.
type Step struct {
	From  Actor      `json:"from"`
	To    Actor      `json:"to"`
	Type  graph.Type `json:"type"`  // SAID stands for "spoke about"
	N     int        `json:"n"`     // edges that prove it
	Proof Row        `json:"proof"` // the newest of them
}

// Profile is what the graph knows of one actor.
type Profile struct {
	Actor        graph.Actor `json:"actor"`
	Articles     int         `json:"articles"` // that know it, whatever the filters
	Said         List        `json:"said"`
	SaidAbout    List        `json:"said_about"`
	Criticized   List        `json:"criticized"`
	CriticizedBy List        `json:"criticized_by"`
	Praised      List        `json:"praised"`
	PraisedBy    List        `json:"praised_by"`
	Affiliations List        `json:"affiliations"` // of an organization: its people
	Declined     List        `json:"declined"`
}

// List is the newest part of a list in a profile.
type List struct {
	Total int `json:"total"` // that pass the filters; where the list goes on, said_about also counts claims without a source
	Page
}
