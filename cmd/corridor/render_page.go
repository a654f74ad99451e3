package main

import (
	"time"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/render"
)

// pageOptions say what a map is made for: whose it is, and the paper.
type pageOptions struct {
	brand string
	date  string
}

func addPage(c *cobra.Command, p *pageOptions) {
	f := c.Flags()
	f.StringVar(&p.brand, "brand", "", "a file with the colours and the logo of your organisation, such as brand.yaml")
	f.StringVar(&p.date, "date", "", "put a day in the head of the map: today, or one such as 2027-01-31")
	if err := c.MarkFlagFilename("brand", "yaml", "yml"); err != nil {
		panic(err) // the flag does not exist: a mistake of ours
	}
	complete(c, "date", "today")
}

// wrong says which of them cannot be followed whatever the journey.
func (p pageOptions) wrong() error {
	_, err := p.day()
	return err
}

// day returns the day that the map is of; the zero time where it is of none.
func (p pageOptions) day() (time.Time, error) {
	switch p.date {
	case "":
		return time.Time{}, nil
	case "today":
		return today(), nil
	}
	day, err := time.Parse(time.DateOnly, p.date)
	if err != nil {
		return time.Time{}, trouble("--date is `today`, or a day such as 2027-01-31, not %q", p.date)
	}
	return day, nil
}

// lay puts what was asked for into the options of a map.
func (p pageOptions) lay(b brand, o *render.Options) error {
	var err error
	if o.Date, err = p.day(); err != nil {
		return err
	}
	o.Theme, o.Logo = b.theme, b.logo
	return nil
}
