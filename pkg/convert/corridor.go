package convert

import (
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

// document makes the corridor of a flow.
func (f *flow) document() (*model.Document, []finding.Finding) { return f.doc, nil }
