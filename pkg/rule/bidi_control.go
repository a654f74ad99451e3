package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var bidiControl = structure("bidi-control", finding.Warning,
	"a value has hidden characters that change the direction of the text", checkBidiControl)

// checkBidiControl reports the characters by which text can be made to look
// other than it is (Boucher and Anderson, Trojan Source, 2021).
func checkBidiControl(p *Pass) {
	for _, doc := range append([]*model.Document{p.Journey.Document}, p.Journey.Imported...) {
		for _, c := range doc.Hidden {
			p.report(finding.Finding{
				Span: c.Span, Subject: c.Subject,
				Message: fmt.Sprintf("the hidden character U+%04X changes the direction of the text here, so that it reads other than it is written", c.Value),
				Help:    "Remove it; Arabic, Persian and Hebrew text needs none to be shown right.",
			})
		}
	}
}
