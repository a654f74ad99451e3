package main

import (
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/gaps"
)

type waysOptions struct {
	fileOptions
	customers []string
	needs     []string
	without   []string
	by        string
	most      int
	format    string
}

var waysFormats = []string{"pretty", "json"}

func waysCommand() *cobra.Command {
	var opt waysOptions
	c := &cobra.Command{
		Use:   "ways FILE",
		Short: "Count and list the ways that customers can go",
		Long: `Ways counts, for every customer and every need, the ways that lead to
satisfaction, and lists the best by time, effort or steps. Times are those of
delays, queues and the steps themselves; opening hours are left out.

A way passes no place twice. What a customer fetches on the side, and turns
back from, is not listed; ways round a loop are left out, and it says so.

` + foreignToo() + `

Exit codes: 0 done; 1 the file has errors; 2 something could not be done.`,
		Example: `  corridor ways journey.corridor.yaml
  corridor ways journey.corridor.yaml --customer deaf --by effort --most 10`,
		Args:              exactly(1, "ways reads one file, such as `corridor ways journey.corridor.yaml`"),
		ValidArgsFunction: completeFiles,
		RunE: func(c *cobra.Command, args []string) error {
			return runWays(c, args[0], opt)
		},
	}
	f := c.Flags()
	f.StringSliceVar(&opt.customers, "customer", nil, "tell only of this customer (repeatable)")
	f.StringSliceVar(&opt.needs, "need", nil, "tell only of this need (repeatable)")
	f.StringArrayVar(&opt.without, "without", nil, "what is out, such as channel:phone (repeatable): "+strings.Join(outages, ", "))
	f.StringVar(&opt.by, "by", access.Measures[0], "which ways are best: by "+strings.Join(access.Measures, ", "))
	f.IntVarP(&opt.most, "most", "k", 3, "how many ways to list for each customer and need")
	f.StringVarP(&opt.format, "format", "f", waysFormats[0], "how to tell: "+strings.Join(waysFormats, ", "))
	addFile(c, &opt.fileOptions)
	complete(c, "by", access.Measures...)
	complete(c, "format", waysFormats...)
	return c
}

// maxWays keeps a mistyped number from filling the memory.
const maxWays = 100_000

func runWays(c *cobra.Command, name string, opt waysOptions) error {
	by, ok := access.MeasureNamed(opt.by)
	switch format := opt.format; {
	case !ok:
		return unknown("measure", opt.by, access.Measures)
	case format != waysFormats[0] && format != waysFormats[1]:
		return unknown("format", format, waysFormats)
	case opt.most < 0 || opt.most > maxWays:
		return trouble("--most is a number from 0 to %d, such as `--most 10`", maxWays)
	}
	style, err := styleOf(c, opt.color)
	if err != nil {
		return err
	}
	o, err := analysable(c, name, "ways reads", opt.fileOptions)
	if err != nil {
		return err
	}
	q, err := newQuestion(o.Journey, gapsOptions{customers: opt.customers, needs: opt.needs, without: opt.without}, nil)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	found, err := access.ListWays(ctx, o.Graph, access.Options{Without: q.without}, by, opt.most)
	if err != nil {
		return notAnalysed(ctx, name, err)
	}
	r := gaps.WaysReport{File: name, Graph: o.Graph, By: by}
	for _, w := range found {
		if q.wants(w.Customer.ID.Value, w.Need.ID.Value) {
			r.Ways = append(r.Ways, w)
		}
	}
	if opt.format == "json" {
		return gaps.WriteWaysJSON(c.OutOrStdout(), r)
	}
	return gaps.WriteWays(c.OutOrStdout(), r, style)
}
