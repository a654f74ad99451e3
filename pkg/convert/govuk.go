package convert

var govuk = Format{
	Name: "govuk-step-by-step", Title: "GOV.UK step-by-step navigation (JSON)", Endings: []string{".json"},
	detect: func(string, []byte) bool { return false },
}
