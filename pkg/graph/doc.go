// Package graph holds textbook algorithms over compact structures: graphs and
// sets of small numbers. It knows no word of customers.
//
// Each file is one algorithm under its textbook name, with the paper that it
// follows and its cost. Equal input gives equal answers: nothing depends on
// the order of a map, on time or on chance, save where a limit ends a search.
package graph
