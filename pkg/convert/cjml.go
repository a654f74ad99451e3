package convert

var cjml = Format{
	Name: "cjml", Title: "CJML XML", Endings: []string{".cjml", ".xml"},
	detect: func(string, []byte) bool { return false },
}
