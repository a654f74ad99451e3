package model

// Journey is the resolved whole: the file, what it imports and what is built
// in, with inheritance and defaults applied. Every list is ordered: imports
// first, in the order in which they are named, then the file's own.
type Journey struct {
	Document *Document   // the file itself
	Imported []*Document // what it imports, directly or not

	Language     string // "en" where the file says none
	Market       string
	Stages       []*Stage
	Capabilities []*Capability // built in ones first
	Channels     []*Channel    // built in ones first, as overridden
	Departments  []*Department
	Customers    []*Customer // with `like` applied
	Needs        []*Need
	Touchpoints  []*Touchpoint
	Paths        *Paths // nil: a library

	index index
}

type index struct {
	stages       map[string]int
	capabilities map[string]*Capability
	channels     map[string]*Channel
	departments  map[string]*Department
	customers    map[string]*Customer
	needs        map[string]*Need
	touchpoints  map[string]*Touchpoint
}

// Index makes the lookups by id. It is called once, when the lists are whole.
func (j *Journey) Index() {
	j.index = index{
		stages:       make(map[string]int, len(j.Stages)),
		capabilities: byID(j.Capabilities, func(c *Capability) string { return c.ID.Value }),
		channels:     byID(j.Channels, func(c *Channel) string { return c.ID.Value }),
		departments:  byID(j.Departments, func(d *Department) string { return d.ID.Value }),
		customers:    byID(j.Customers, func(c *Customer) string { return c.ID.Value }),
		needs:        byID(j.Needs, func(n *Need) string { return n.ID.Value }),
		touchpoints:  byID(j.Touchpoints, func(t *Touchpoint) string { return t.ID.Value }),
	}
	for i, s := range j.Stages {
		j.index.stages[s.ID.Value] = i
	}
}

func byID[T any](list []*T, id func(*T) string) map[string]*T {
	m := make(map[string]*T, len(list))
	for _, v := range list {
		m[id(v)] = v
	}
	return m
}

// Stage returns the position of a stage in Stages, or -1.
func (j *Journey) Stage(id string) int {
	if i, ok := j.index.stages[id]; ok {
		return i
	}
	return -1
}

// Capability returns the capability of that id, or nil.
func (j *Journey) Capability(id string) *Capability { return j.index.capabilities[id] }

// Channel returns the channel of that id, or nil.
func (j *Journey) Channel(id string) *Channel { return j.index.channels[id] }

// Department returns the department of that id, or nil.
func (j *Journey) Department(id string) *Department { return j.index.departments[id] }

// Customer returns the customer of that id, or nil.
func (j *Journey) Customer(id string) *Customer { return j.index.customers[id] }

// Need returns the need of that id, or nil.
func (j *Journey) Need(id string) *Need { return j.index.needs[id] }

// Touchpoint returns the touchpoint of that id, or nil.
func (j *Journey) Touchpoint(id string) *Touchpoint { return j.index.touchpoints[id] }

// Library reports whether the file only defines things for others to import.
func (j *Journey) Library() bool { return j.Paths == nil }
