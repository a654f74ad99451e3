package convert

var sheet = Format{
	Name: "csv", Title: "CSV or TSV sheet", Endings: []string{".csv", ".tsv"},
	detect: func(string, []byte) bool { return false },
}
