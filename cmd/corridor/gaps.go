package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/gaps"
	"github.com/customer-corridor/corridor/pkg/rule"
)

type gapsOptions struct {
	fileOptions
	customers []string
	needs     []string
	at        string
	without   []string
	hours     bool
	minScore  string
	format    string
	explain   bool
}

func gapsCommand() *cobra.Command {
	var opt gapsOptions
	c := &cobra.Command{
		Use:   "gaps FILE",
		Short: "Say who gets through, who is stopped, and what opens the way",
		Long: `Gaps tells for every customer and every need whether the corridor is open. Where
it is not, it says where the customer is stopped, for want of what, who does get
through, and the smallest change that opens the way, to be pasted into the file.

The access score is the share of customers, needs and hours of the week for
which the way is open and the deadline is kept.

With --explain it walks one customer with one need step by step. A file with
errors is not analysed: its findings are printed instead.

` + foreignToo() + `

Exit codes: 0 done; 1 the score is below --min-score, or the file has errors;
2 something could not be done.`,
		Example: `  corridor gaps journey.corridor.yaml
  corridor gaps journey.corridor.yaml --need acute --at "Tu 22:30"
  corridor gaps journey.corridor.yaml --without channel:phone
  corridor gaps journey.corridor.yaml --min-score 95% --format markdown
  corridor gaps journey.corridor.yaml --explain deaf consult`,
		Args:              gapsArguments(&opt),
		ValidArgsFunction: completeFiles,
		RunE: func(c *cobra.Command, args []string) error {
			return runGaps(c, args, opt)
		},
	}
	f := c.Flags()
	f.StringSliceVar(&opt.customers, "customer", nil, "tell only of this customer (repeatable)")
	f.StringSliceVar(&opt.needs, "need", nil, "tell only of this need (repeatable)")
	f.StringVar(&opt.at, "at", "", `the moment at which the need arises, such as "Tu 22:30"`)
	f.StringArrayVar(&opt.without, "without", nil, "what is out, such as channel:phone (repeatable): "+strings.Join(outages, ", "))
	f.BoolVar(&opt.hours, "hours", false, "show the week, hour by hour, for needs with a deadline")
	f.StringVar(&opt.minScore, "min-score", "", "exit with 1 where the access score is below this, such as 95% (default: min-score of the settings)")
	f.StringVarP(&opt.format, "format", "f", gaps.Formats[0].Name, "how to tell: "+strings.Join(gapsFormats(), ", "))
	f.BoolVar(&opt.explain, "explain", false, "walk one customer with one need: FILE --explain CUSTOMER NEED")
	addFile(c, &opt.fileOptions)
	complete(c, "format", gapsFormats()...)
	completeOutages(c)
	return c
}

func gapsFormats() []string {
	var names []string
	for _, f := range gaps.Formats {
		names = append(names, f.Name)
	}
	return names
}

// gapsArguments wants one file and, to explain, a customer and a need.
func gapsArguments(opt *gapsOptions) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		switch {
		case opt.explain && len(args) != 2 && len(args) != 3:
			return trouble("--explain walks one customer with one need, such as `corridor gaps journey.corridor.yaml --explain deaf consult`")
		case !opt.explain && len(args) != 1:
			return trouble("gaps reads one file, such as `corridor gaps journey.corridor.yaml`")
		}
		return nil
	}
}

func runGaps(c *cobra.Command, args []string, opt gapsOptions) error {
	format, ok := gaps.FormatNamed(opt.format)
	if !ok {
		return unknown("format", opt.format, gapsFormats())
	}
	style, err := styleOf(c, opt.color)
	if err != nil {
		return err
	}
	at, err := parseAt(opt.at)
	if err != nil {
		return err
	}
	least, err := parseMinScore(opt.minScore)
	if err != nil {
		return err
	}
	if opt.explain && format.Name != gaps.Formats[0].Name {
		return trouble("--explain is for reading aloud and has no format %s; leave --format out", format.Name)
	}
	name, whom := args[0], args[1:]
	if opt.explain {
		name, whom = fileOf(args)
	}
	o, err := analysable(c, name, "gaps reads", opt.fileOptions)
	if err != nil {
		return err
	}
	if opt.minScore == "" && len(opt.without) == 0 {
		least = leastScore(o.Rules)
	}
	question, err := newQuestion(o.Journey, opt, whom)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	report, err := question.answer(ctx, o)
	if err != nil {
		return notAnalysed(ctx, name, err)
	}
	report.File, report.At, report.Hours = name, at, opt.hours
	if opt.explain {
		err = gaps.Explain(c.OutOrStdout(), report, report.Cells[0], style)
	} else {
		err = format.Write(c.OutOrStdout(), report, style)
	}
	if err == nil && report.Result.Score < least-1e-9 {
		return exit{code: exitFindings, message: fmt.Sprintf("the access score is %s, below %s", finding.Percent(report.Result.Score), finding.Percent(least))}
	}
	return err
}

// leastScore returns the access score that settings ask for at least.
func leastScore(set config.Rules) float64 {
	d := rule.Find(config.LowScore).Descriptor
	if !set.On(d) {
		return 0
	}
	return set.Threshold(d, config.Least)
}

// notAnalysed tells why there is no answer.
func notAnalysed(ctx context.Context, name string, err error) error {
	if ctx.Err() != nil || errors.Is(err, context.Canceled) {
		return exit{code: 130, message: "interrupted"}
	}
	return trouble("%s was not analysed: %v", name, err)
}

// answer analyses a corridor and keeps what was asked for.
func (q question) answer(ctx context.Context, o *check.Outcome) (gaps.Report, error) {
	return gaps.Answer(ctx, o.Graph, o.Access, q.without, q.wants)
}
